package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.TopicPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A type of message.
 *
 * @param topics that it is published on; none means that it is not told
 * @param fields of its data; none means that they are not told
 * @param subjectTypes what its subject may be; empty means anything
 * @param subjectRefTemplate where the subject can be read
 * @param schema JSON Schema of its data
 */
public record MessageType(
    String type,
    @Nullable String description,
    List<TopicPath> topics,
    List<MessageField> fields,
    List<TextPattern> subjectTypes,
    @Nullable String subjectRefTemplate,
    @Nullable JsonNode schema) {

  public MessageType {
    topics = List.copyOf(topics);
    fields = List.copyOf(fields);
    subjectTypes = List.copyOf(subjectTypes);
  }

  /**
   * The names of its data's fields, by the fields or the schema; none means that they are not told.
   */
  public Set<String> fieldNames() {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.name()));
    if (schema != null) {
      schema.path("properties").fieldNames().forEachRemaining(names::add);
    }
    return names;
  }
}
