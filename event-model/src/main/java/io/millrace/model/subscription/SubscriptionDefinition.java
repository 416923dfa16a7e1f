package io.millrace.model.subscription;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.ResourceName;
import java.util.Map;

/**
 * What a subscriber wants.
 *
 * @param stream name of the stream, not of its Kafka topic
 * @param owner the user who subscribed
 * @param dialect the API that it was made by and is served by, such as {@code acronis}; empty for
 *     none in particular
 * @param settings what the dialect keeps with it; means nothing to anybody else
 */
public record SubscriptionDefinition(
    String stream, EventFilter filter, String owner, String dialect, Map<String, String> settings) {

  public SubscriptionDefinition {
    if (!ResourceName.isValid(stream)) {
      throw new IllegalArgumentException("a stream's name has " + ResourceName.RULE);
    }
    settings = Map.copyOf(settings);
  }

  /** One without settings, of no dialect in particular. */
  public SubscriptionDefinition(String stream, EventFilter filter, String owner) {
    this(stream, filter, owner, "", Map.of());
  }
}
