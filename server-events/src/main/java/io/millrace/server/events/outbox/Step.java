package io.millrace.server.events.outbox;

/** Where a relay is with the events of a lane; a crash may come after each. */
enum Step {
  LOCKED,
  READ,
  RAISED,
  DELETED,
  COMMITTED
}
