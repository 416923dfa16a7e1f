package io.millrace.gateway.ingest.foundry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.foundry.ServerEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {"events":[{topic, data, additionalMetadata}]}}. */
final class ServerEventsReader {

  private ServerEventsReader() {}

  static List<ServerEvent> read(byte[] body) {
    JsonNode root = RequestJson.parse(body);
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
    ObjectNode present = metadata.isObject() ? (ObjectNode) metadata : null;
    return new ServerEvent(topic.textValue(), data, present);
  }
}
