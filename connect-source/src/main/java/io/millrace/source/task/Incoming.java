package io.millrace.source.task;

import io.cloudevents.CloudEvent;
import java.util.Map;

/**
 * An event that has come in.
 *
 * @param offset what Connect remembers once the event is in Kafka, and hands back by {@link
 *     TaskSetup#offset} after a restart; values are of Connect's simple types
 */
public record Incoming(CloudEvent event, Map<String, ?> offset) {

  public Incoming {
    offset = Map.copyOf(offset);
  }
}
