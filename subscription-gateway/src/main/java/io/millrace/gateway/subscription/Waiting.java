package io.millrace.gateway.subscription;

/** Somebody who has everything up to a stream's head, and waits for the next event that matches. */
interface Waiting {

  /** Such an event stands at this offset, or the log was cut; called once, without any lock. */
  void woken(long offset);
}
