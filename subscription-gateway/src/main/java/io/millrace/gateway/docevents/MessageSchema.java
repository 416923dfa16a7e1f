package io.millrace.gateway.docevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.catalogue.MessageField;
import io.millrace.gateway.catalogue.MessageType;

/** JSON Schema of messages, as CloudEvents in JSON have them. */
final class MessageSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessageSchema() {}

  static ObjectNode of(MessageType message) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.putArray("required").add("specversion").add("id").add("source").add("type");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("specversion").put("const", "1.0");
    properties.putObject("id").put("type", "string");
    properties.putObject("source").put("type", "string").put("format", "uri-reference");
    properties.putObject("type").put("const", message.type());
    properties.putObject("time").put("type", "string").put("format", "date-time");
    properties.putObject("subject").put("type", "string");
    properties.putObject("topicpath").put("type", "string");
    properties.set("data", data(message));
    return schema;
  }

  private static JsonNode data(MessageType message) {
    if (message.schema() != null) {
      return message.schema();
    }
    ObjectNode data = NODES.objectNode();
    if (message.fields().isEmpty()) {
      return data;
    }
    ObjectNode properties = data.put("type", "object").putObject("properties");
    message.fields().forEach(field -> properties.set(field.name(), field(field)));
    return data;
  }

  private static ObjectNode field(MessageField field) {
    ObjectNode schema = NODES.objectNode();
    switch (field.type()) {
      case ANY -> {}
      case TIMESTAMP -> schema.put("type", "string").put("format", "date-time");
      default -> schema.put("type", field.type().text());
    }
    if (field.description() != null) {
      schema.put("description", field.description());
    }
    if (field.example() != null) {
      schema.putArray("examples").add(field.example());
    }
    return schema;
  }
}
