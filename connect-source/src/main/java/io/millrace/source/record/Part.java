package io.millrace.source.record;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * A part of a record that has a converter. No value comes out right of every converter: bytes turn
 * into {@code [B@1f} in a StringConverter, and into Base64 in a JsonConverter. A connector knows
 * only the converters that its own configuration names, never its worker's.
 */
enum Part {
  KEY,
  VALUE,
  HEADER;

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String TEXT = "org.apache.kafka.connect.storage.StringConverter";
  private static final String SIMPLE = "org.apache.kafka.connect.storage.SimpleHeaderConverter";
  private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
  private static final String SCHEMAS = ".schemas.enable";

  /** The key of the converter, which is Connect's. */
  String converter() {
    return name().toLowerCase(Locale.ROOT) + ".converter";
  }

  /** The key of the form, which is ours. */
  String form() {
    return name().toLowerCase(Locale.ROOT) + ".form";
  }

  /**
   * What the converter writes as it should be.
   *
   * @throws ConfigException if that is nothing, or cannot be known
   */
  Form formFor(Map<String, String> props) {
    String converter = props.get(converter());
    if (converter == null) {
      throw new ConfigException(
          "cannot be known, since the connector does not say its %s: give %s, or bytes or text here"
              .formatted(converter(), BYTES));
    }
    // Connect also takes a class by its simple name.
    return switch (converter.substring(converter.lastIndexOf('.') + 1)) {
      case "ByteArrayConverter" -> Form.BYTES;
      case "StringConverter" -> Form.TEXT;
      case "SimpleHeaderConverter" -> simple(converter);
      case "JsonConverter" -> json(props);
      default -> throw unknown(converter);
    };
  }

  private Form simple(String converter) {
    if (this != HEADER) {
      throw unknown(converter);
    }
    return Form.TEXT;
  }

  private Form json(Map<String, String> props) {
    if (this != VALUE) {
      throw new ConfigException(
          "has none for %s, since JsonConverter puts texts in quotes: use %s"
              .formatted(converter(), this == KEY ? TEXT : SIMPLE));
    }
    String schemas = converter() + SCHEMAS;
    if (!"false".equalsIgnoreCase(props.get(schemas))) {
      throw new ConfigException(
          "has none for %s with schemas, which writes an envelope in place of the event's data: set"
                  .formatted(JSON)
              + " %s to false".formatted(schemas));
    }
    return Form.JSON;
  }

  private ConfigException unknown(String converter) {
    return new ConfigException(
        "cannot be known for %s %s: say bytes or text here".formatted(converter(), converter));
  }
}
