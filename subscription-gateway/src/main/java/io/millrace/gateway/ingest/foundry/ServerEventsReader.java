package io.millrace.gateway.ingest.foundry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import io.millrace.model.foundry.ServerEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {"events":[{topic, data, additionalMetadata}]}}, and tells all that is wrong. */
public final class ServerEventsReader {

  private final List<Problem> problems = new ArrayList<>();
  private boolean malformed;

  private ServerEventsReader() {}

  static List<ServerEvent> read(byte[] body) {
    JsonNode root = RequestJson.parse(body);
    if (!root.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must be a JSON object");
    }
    return read(root.path("events"), "events");
  }

  /**
   * Reads a list of events.
   *
   * @param at what the list is called where it stands
   * @throws HttpProblem with all that is wrong: {@code MISSING} if nothing else than that
   */
  public static List<ServerEvent> read(JsonNode events, String at) {
    if (events.isMissingNode() || events.isNull()) {
      throw HttpProblem.of(Trouble.MISSING, at, "is missing");
    }
    if (!events.isArray() || events.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, at, "must be a list of at least one event");
    }
    return new ServerEventsReader().all(events, at);
  }

  private List<ServerEvent> all(JsonNode events, String at) {
    List<ServerEvent> read = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      int before = problems.size();
      JsonNode node = events.get(i);
      check(node, at + "[" + i + "]");
      if (problems.size() == before) {
        JsonNode metadata = node.path("additionalMetadata");
        ObjectNode present = metadata.isObject() ? (ObjectNode) metadata : null;
        read.add(new ServerEvent(node.path("topic").textValue(), node.get("data"), present));
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(malformed ? Trouble.MALFORMED : Trouble.MISSING, problems);
    }
    return read;
  }

  private void check(JsonNode node, String at) {
    if (!node.isObject()) {
      malformed(at, "must be an object");
      return;
    }
    JsonNode topic = node.path("topic");
    if (topic.isMissingNode() || topic.isNull()) {
      problems.add(new Problem(at + ".topic", "is missing"));
    } else if (!topic.isTextual()) {
      malformed(at + ".topic", "must be a text");
    }
    if (!node.has("data")) {
      problems.add(new Problem(at + ".data", "is missing"));
    }
    JsonNode metadata = node.path("additionalMetadata");
    if (!metadata.isObject() && !metadata.isMissingNode() && !metadata.isNull()) {
      malformed(at + ".additionalMetadata", "must be an object");
    }
  }

  private void malformed(String field, String reason) {
    malformed = true;
    problems.add(new Problem(field, reason));
  }
}
