package io.millrace.model.subscription;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.ResourceName;

/**
 * What a subscriber wants.
 *
 * @param stream name of the stream, not of its Kafka topic
 * @param owner the user who subscribed
 */
public record SubscriptionDefinition(String stream, EventFilter filter, String owner) {

  public SubscriptionDefinition {
    if (!ResourceName.isValid(stream)) {
      throw new IllegalArgumentException("a stream's name has " + ResourceName.RULE);
    }
  }
}
