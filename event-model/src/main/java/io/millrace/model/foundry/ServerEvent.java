package io.millrace.model.foundry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a client says in one server event.
 *
 * @param topic as published, with or without a leading slash; whether it is a topic at all is for
 *     {@link io.millrace.model.event.TopicPath#parse} to say
 * @param data any JSON value
 * @param metadata {@code additionalMetadata}; an empty one counts as none
 */
public record ServerEvent(String topic, JsonNode data, @Nullable ObjectNode metadata) {

  public ServerEvent {
    metadata = metadata == null || metadata.isEmpty() ? null : metadata;
  }
}
