package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.TopicPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of message.
 *
 * @param topics that it is published on; none means that it is not told
 * @param subjectTypes what its subject may be; empty means anything
 * @param subjectRefTemplate where the subject can be read
 * @param schema JSON Schema of its data
 */
public record MessageType(
    String type,
    @Nullable String description,
    List<TopicPath> topics,
    List<TextPattern> subjectTypes,
    @Nullable String subjectRefTemplate,
    @Nullable JsonNode schema) {

  public MessageType {
    topics = List.copyOf(topics);
    subjectTypes = List.copyOf(subjectTypes);
  }
}
