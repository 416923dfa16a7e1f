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
   * Ends a subscription: what the subscriber handles now comes to its end, and no other event
   * comes, nor one that it failed at. Does nothing if there is none.
   *
   * @throws IllegalArgumentException if it is no topic
   */
  void unsubscribe(String topic, EventSubscriber subscriber);
}
