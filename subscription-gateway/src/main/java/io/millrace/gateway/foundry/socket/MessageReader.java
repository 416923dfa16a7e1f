package io.millrace.gateway.foundry.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.foundry.Codes;
import io.millrace.gateway.ingest.foundry.ServerEventsReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's message into what it asks for, in its order. Both shapes are taken, also mixed:
 * the document's, where a key has the list itself, and the SDK's, where it has an object with
 * {@code topics}, and the token and {@code clientUUID} beside them. A message may be an array of
 * such objects. A key that is wrong spoils none of the others.
 */
final class MessageReader {

  private static final String CLIENT = "clientUUID";

  private static final Map<String, BiFunction<JsonNode, String, Command>> KEYS =
      Map.of(
          "subscribe", (node, at) -> new Command.Subscribe(TopicsReader.read(node, at)),
          "unsubscribe", (node, at) -> new Command.Unsubscribe(TopicsReader.read(node, at)),
          "events", MessageReader::publish,
          "ack", (node, at) -> new Command.Acknowledge(AcknowledgementReader.read(node, at)));

  private MessageReader() {}

  /** What is asked, at least one thing. */
  static List<Request> read(String text) {
    try {
      JsonNode root = RequestJson.parse(text.getBytes(StandardCharsets.UTF_8));
      if (!root.isArray()) {
        return requests(root, "body", "");
      }
      if (root.isEmpty()) {
        throw HttpProblem.of(Trouble.MALFORMED, "body", "must not be empty");
      }
      List<Request> all = new ArrayList<>();
      for (int i = 0; i < root.size(); i++) {
        String at = "body[" + i + "]";
        all.addAll(requests(root.get(i), at, at + "."));
      }
      return all;
    } catch (HttpProblem e) {
      return List.of(unreadable(e));
    }
  }

  private static List<Request> requests(JsonNode body, String at, String prefix) {
    if (!body.isObject()) {
      return List.of(
          unreadable(HttpProblem.of(Trouble.MALFORMED, at, "must be a JSON object or array")));
    }
    List<Request> requests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      BiFunction<JsonNode, String, Command> reader = KEYS.get(field.getKey());
      if (reader != null) {
        JsonNode node = field.getValue();
        requests.add(
            new Request(
                either(node, body, MessageReader::token),
                either(node, body, MessageReader::client),
                command(reader, node, prefix + field.getKey())));
      }
    }
    return requests.isEmpty()
        ? List.of(
            unreadable(
                HttpProblem.of(
                    Trouble.MISSING, at, "has none of subscribe, unsubscribe, events and ack")))
        : requests;
  }

  private static Command command(
      BiFunction<JsonNode, String, Command> reader, JsonNode node, String at) {
    try {
      return reader.apply(node, at);
    } catch (HttpProblem e) {
      return unreadable(e).command();
    }
  }

  private static Request unreadable(HttpProblem problem) {
    String message = String.valueOf(problem.getMessage());
    return new Request(null, null, new Command.Unreadable(Codes.of(problem.trouble()), message));
  }

  private static Command publish(JsonNode node, String at) {
    JsonNode events = node.isObject() ? node.path("events") : node;
    return new Command.Publish(
        ServerEventsReader.read(events, node.isObject() ? at + ".events" : at));
  }

  private static @Nullable String either(
      JsonNode nested, JsonNode body, Function<JsonNode, Optional<String>> in) {
    return in.apply(nested).or(() -> in.apply(body)).orElse(null);
  }

  private static Optional<String> client(JsonNode object) {
    return text(object, CLIENT);
  }

  private static Optional<String> token(JsonNode object) {
    return TokenNames.ALL.stream().flatMap(name -> text(object, name).stream()).findFirst();
  }

  /** A text of that name in any case; an empty one, which is refused, if it is no text. */
  private static Optional<String> text(JsonNode object, String name) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(name) && !field.getValue().isNull()) {
        return Optional.of(field.getValue().isTextual() ? field.getValue().textValue() : "");
      }
    }
    return Optional.empty();
  }
}
