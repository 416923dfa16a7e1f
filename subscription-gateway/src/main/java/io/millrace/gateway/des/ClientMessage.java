package io.millrace.gateway.des;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.TopicPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client says: {@code {"type":"ping"}}, or {@code subscribe} and {@code unsubscribe} with
 * {@code "data":{"topics":[[…]]}}.
 *
 * @param topics none for a ping
 */
record ClientMessage(Type type, Set<TopicPath> topics) {

  /** The first word of a message. */
  enum Type {
    PING,
    SUBSCRIBE,
    UNSUBSCRIBE
  }

  /**
   * Reads a message.
   *
   * @throws HttpProblem with everything that is wrong with it
   */
  static ClientMessage read(String text) {
    JsonNode message = RequestJson.parseStrictly(text.getBytes(StandardCharsets.UTF_8));
    if (!message.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, "message", "must be a JSON object");
    }
    return switch (message.path("type").asText()) {
      case "ping" -> new ClientMessage(Type.PING, Set.of());
      case "subscribe" -> new ClientMessage(Type.SUBSCRIBE, topics(message));
      case "unsubscribe" -> new ClientMessage(Type.UNSUBSCRIBE, topics(message));
      default ->
          throw HttpProblem.of(Trouble.MALFORMED, "type", "must be ping, subscribe or unsubscribe");
    };
  }

  private static Set<TopicPath> topics(JsonNode message) {
    JsonNode given = message.path("data").path("topics");
    if (!given.isArray()) {
      throw HttpProblem.of(
          Trouble.MALFORMED, "data.topics", "must be a list of topics, such as [[\"service\"]]");
    }
    Set<TopicPath> topics = new LinkedHashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      try {
        topics.add(topic(given.get(i)));
      } catch (IllegalArgumentException e) {
        problems.add(new Problem("data.topics[" + i + "]", "is no topic: " + e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return topics;
  }

  private static TopicPath topic(JsonNode levels) {
    if (!levels.isArray()) {
      throw new IllegalArgumentException("it must be a list of levels");
    }
    List<String> words = new ArrayList<>();
    for (JsonNode level : levels) {
      if (!level.isTextual()) {
        throw new IllegalArgumentException("each level must be a text");
      }
      words.add(level.textValue());
    }
    return new TopicPath(words);
  }
}
