package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the types of messages, over the hierarchical topics. */
final class MessageReader {

  private static final Set<String> FIELDS =
      Set.of(
          "type",
          "description",
          "topics",
          "fields",
          "subjectTypes",
          "subjectRefTemplate",
          "schema");

  private final Set<TopicPath> topics;
  private final List<MessageType> messages = new ArrayList<>();
  private final Once types = new Once();

  MessageReader(Set<TopicPath> topics) {
    this.topics = topics;
  }

  void read(Section root) {
    root.each("messages", FIELDS, this::message);
  }

  List<MessageType> all() {
    return List.copyOf(messages);
  }

  private void message(Section section) {
    String type = section.required("type");
    String description = section.text("description");
    List<TopicPath> on = topics(section);
    List<MessageField> fields = fields(section);
    List<TextPattern> subjects = new ArrayList<>();
    for (String text : section.texts("subjectTypes")) {
      TextPattern pattern = section.parsed("subjectTypes", text, TextPattern::new);
      if (pattern != null) {
        subjects.add(pattern);
      }
    }
    String reference = section.text("subjectRefTemplate");
    JsonNode schema = section.json("schema");
    if (schema != null && !schema.isObject()) {
      section.problem("schema", "must be an object, a JSON Schema");
    }
    if (type != null && types.first(section, "type", type)) {
      messages.add(new MessageType(type, description, on, fields, subjects, reference, schema));
    }
  }

  private List<TopicPath> topics(Section section) {
    List<TopicPath> on = new ArrayList<>();
    for (String text : section.texts("topics")) {
      TopicPath path = section.parsed("topics", text, TopicPath::parse);
      if (path != null && !topics.contains(path)) {
        section.problem("topics", "has one that is none of the topics: " + path);
      } else if (path != null) {
        on.add(path);
      }
    }
    return on;
  }

  private static List<MessageField> fields(Section section) {
    List<MessageField> fields = new ArrayList<>();
    Once names = new Once();
    section.each(
        "fields",
        Set.of("name", "description", "type", "example"),
        field -> {
          String name = field.required("name");
          String description = field.text("description");
          MessageField.Type type =
              field.choice("type", MessageField.Type.class, MessageField.Type.ANY);
          JsonNode example = field.json("example");
          if (name != null && names.first(field, "name", name)) {
            fields.add(new MessageField(name, description, type, example));
          }
        });
    return List.copyOf(fields);
  }
}
