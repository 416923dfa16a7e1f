package io.millrace.gateway.ingest.foundry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {"events":[{topic, data, additionalMetadata}]}}. */
final class ServerEventsReader {

  // Numbers stay as they were written.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ServerEventsReader() {}

  static List<ServerEvent> read(byte[] body) {
    JsonNode root = parse(body);
    if (!root.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must be a JSON object");
    }
    JsonNode events = root.path("events");
    if (events.isMissingNode() || events.isNull()) {
      throw HttpProblem.of(Trouble.MISSING, "events", "is missing");
    }
    if (!events.isArray() || events.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, "events", "must be a list of at least one event");
    }
    List<ServerEvent> read = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      read.add(event(events.get(i), "events[" + i + "]"));
    }
    return read;
  }

  /** The JSON text of a part of a request. */
  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "is no JSON: " + e.getMessage());
    }
  }

  private static ServerEvent event(JsonNode node, String at) {
    if (!node.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, at, "must be an object");
    }
    JsonNode topic = node.path("topic");
    if (topic.isMissingNode() || topic.isNull()) {
      throw HttpProblem.of(Trouble.MISSING, at + ".topic", "is missing");
    }
    if (!topic.isTextual()) {
      throw HttpProblem.of(Trouble.MALFORMED, at + ".topic", "must be a text");
    }
    JsonNode data = node.get("data");
    if (data == null) {
      throw HttpProblem.of(Trouble.MISSING, at + ".data", "is missing");
    }
    JsonNode metadata = node.path("additionalMetadata");
    if (!metadata.isObject() && !metadata.isMissingNode() && !metadata.isNull()) {
      throw HttpProblem.of(Trouble.MALFORMED, at + ".additionalMetadata", "must be an object");
    }
    ObjectNode present = metadata.isObject() && !metadata.isEmpty() ? (ObjectNode) metadata : null;
    return new ServerEvent(topic.textValue(), data, present);
  }
}
