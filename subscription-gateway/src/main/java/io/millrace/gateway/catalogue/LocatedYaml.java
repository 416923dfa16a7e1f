package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML, which takes in JSON, and keeps the lines. Anchors and aliases are not resolved. */
final class LocatedYaml {

  private static final YAMLFactory YAML = new YAMLFactory();

  private LocatedYaml() {}

  /**
   * Reads a text of one document; an empty one has no fields.
   *
   * @throws RepeatedKeyException if an object has a key twice
   * @throws IOException if it is no YAML
   */
  static Located read(byte[] text) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return new Located.Fields(1, Map.of());
      }
      return value(parser, line(parser));
    }
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static Located value(JsonParser parser, int line) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Located> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          int keyLine = line(parser);
          Located other = fields.get(name);
          if (other != null) {
            throw new RepeatedKeyException(name, keyLine, other.line());
          }
          parser.nextToken();
          fields.put(name, value(parser, keyLine));
        }
        yield new Located.Fields(line, fields);
      }
      case START_ARRAY -> {
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, line(parser)));
        }
        yield new Located.Items(line, items);
      }
      default -> new Located.Scalar(line, scalar(parser));
    };
  }

  private static JsonNode scalar(JsonParser parser) throws IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      default -> nodes.textNode(parser.getText());
    };
  }
}
