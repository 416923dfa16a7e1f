package io.millrace.gateway.mail;

/** What an owner is told. */
enum Notice {
  /** The emitter fails, and will be disabled if it goes on. */
  WARNING,
  /** The emitter was disabled. */
  DISABLED
}
