package io.millrace.server.events;

import java.util.concurrent.CompletionStage;

/** The handle of an event that was raised. Safe for use by several threads. */
public interface Notification {

  /** The event's id. */
  String getEventId();

  EventStatus getStatus();

  /**
   * Completes when the event stands in the event bus. Fails with {@link RejectedEventException}
   * where another attempt would be in vain, and with {@link NotificationException} otherwise. What
   * is chained to it may run on the notifier's threads and must not block them.
   */
  CompletionStage<Void> completion();
}
