package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A part of a YAML file, and the line that it begins in; that of its key if it has one. */
sealed interface Located {

  int line();

  JsonNode json();

  record Fields(int line, Map<String, Located> fields) implements Located {

    @Override
    public JsonNode json() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      fields.forEach((name, value) -> node.set(name, value.json()));
      return node;
    }
  }

  record Items(int line, List<Located> items) implements Located {

    @Override
    public JsonNode json() {
      ArrayNode node = JsonNodeFactory.instance.arrayNode();
      items.forEach(item -> node.add(item.json()));
      return node;
    }
  }

  record Scalar(int line, JsonNode json) implements Located {}
}
