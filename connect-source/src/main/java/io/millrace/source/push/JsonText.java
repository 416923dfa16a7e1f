package io.millrace.source.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.event.UnreadableEventException;
import java.nio.charset.StandardCharsets;

/**
 * JSON of messages, in which numbers stay as they were written. Safe for use by several threads.
 */
public final class JsonText {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonText() {}

  /**
   * Reads a message that is one JSON object.
   *
   * @throws UnreadableEventException if it is none; the message quotes nothing of it
   */
  public static ObjectNode object(String text) throws UnreadableEventException {
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Its message quotes the text, which may be confidential.
      throw new UnreadableEventException(
          "a message is no JSON, at line %d column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          null);
    }
    throw new UnreadableEventException("a message is no JSON object", null);
  }

  public static String write(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a JSON tree could not be written", e);
    }
  }

  /** As {@link #write}, in UTF-8. */
  public static byte[] bytes(JsonNode node) {
    return write(node).getBytes(StandardCharsets.UTF_8);
  }

  public static ObjectNode newObject() {
    return JSON.createObjectNode();
  }

  public static ArrayNode newArray() {
    return JSON.createArrayNode();
  }
}
