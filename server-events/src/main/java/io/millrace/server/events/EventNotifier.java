package io.millrace.server.events;

import org.jspecify.annotations.Nullable;

/**
 * Raises events. Returns before the event stands anywhere; the handle tells how it went. What is
 * changed in an event after it was handed over is not sent. Safe for use by several threads.
 */
public interface EventNotifier {

  /**
   * Raises an event.
   *
   * @throws IllegalArgumentException if its topic is none, or its data or metadata cannot be
   *     written as JSON
   */
  Notification notify(EventData eventData);

  /**
   * Raises an event with a topic and data only.
   *
   * @param data anything that Jackson writes as JSON
   * @throws IllegalArgumentException as {@link #notify(EventData)}
   */
  default Notification notify(String topic, @Nullable Object data) {
    return notify(new EventData(topic, data));
  }
}
