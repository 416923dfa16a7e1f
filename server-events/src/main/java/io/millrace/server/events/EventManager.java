package io.millrace.server.events;

import io.millrace.model.event.TopicPath;

/** Who is subscribed to what. Safe for use by several threads; takes effect at once. */
public interface EventManager {

  /** Between the levels of a topic. */
  String TOPIC_SEPARATOR = TopicPath.SEPARATOR;

  /**
   * Subscribes to a topic and all below it. A subscriber whose subscriptions overlap gets an event
   * once; the same subscription twice counts as one.
   *
   * @param topic with or without a leading slash
   * @throws IllegalArgumentException if it is no topic
   */
  void subscribe(String topic, EventSubscriber subscriber);

  /**
   * Ends a subscription; an event that is being handled still comes to its end. Does nothing if
   * there is none.
   *
   * @throws IllegalArgumentException if it is no topic
   */
  void unsubscribe(String topic, EventSubscriber subscriber);
}
