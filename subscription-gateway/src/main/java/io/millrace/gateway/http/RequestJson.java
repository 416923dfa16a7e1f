package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.regex.Pattern;

/** JSON that strangers send. Numbers stay as they were written. Safe for use by several threads. */
public final class RequestJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  // Where Jackson read from says nothing to whoever sent it.
  private static final Pattern ORIGIN = Pattern.compile(" \\(start marker at .*?\\)(?=$| )");

  private RequestJson() {}

  /**
   * Reads a whole body.
   *
   * @throws HttpProblem if it is no JSON, with line and column
   */
  public static JsonNode parse(byte[] body) {
    return parse(body, JSON);
  }

  /**
   * Reads a whole body in which no property may stand twice; missing if the body is empty.
   *
   * @throws HttpProblem if it is no such JSON, with line and column
   */
  public static JsonNode parseStrictly(byte[] body) {
    return parse(body, STRICT);
  }

  private static JsonNode parse(byte[] body, ObjectMapper mapper) {
    try {
      return mapper.readTree(body);
    } catch (JsonProcessingException e) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "is no JSON: " + where(e));
    } catch (IOException e) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "is no JSON: " + e.getMessage());
    }
  }

  /** The JSON text of a part of a request. */
  public static byte[] write(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  private static String where(JsonProcessingException e) {
    String reason = ORIGIN.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return e.getLocation() == null
        ? reason
        : "line %d, column %d: %s"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), reason);
  }
}
