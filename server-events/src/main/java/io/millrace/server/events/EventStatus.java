package io.millrace.server.events;

/**
 * How far an event has come that was raised here. The vendor's document names no values; these are
 * what its description of asynchronous processing tells apart.
 */
public enum EventStatus {
  /** It waits in this application's memory, or in a transaction. */
  SUBMITTED,
  /** It is on its way to the event bus. */
  IN_PROGRESS,
  /** It stands in the event bus, and subscribers will get it. */
  COMPLETED,
  /** It was not raised; {@link Notification#completion} says why. */
  FAILED
}
