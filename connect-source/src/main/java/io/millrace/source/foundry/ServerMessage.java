package io.millrace.source.foundry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.foundry.ServerEvent;
import io.millrace.source.push.JsonText;
import java.util.ArrayList;
import java.util.List;

/** What the server says: an event, or a reply to something that the client has said. */
sealed interface ServerMessage {

  int PUSHED = 620010;

  /**
   * An event that the client has subscribed to.
   *
   * @param eventId for the acknowledgement
   */
  record Push(String eventId, ServerEvent event) implements ServerMessage {}

  /**
   * A reply by code, see {@link ReplyCode}.
   *
   * @param message for people; empty if there was none
   * @param failedTopics those that the reply names as refused
   */
  record Reply(int code, String message, List<String> failedTopics) implements ServerMessage {

    public Reply {
      failedTopics = List.copyOf(failedTopics);
    }
  }

  /**
   * Reads one message; an event may also have {@code additionalMetadata}, and lack data.
   *
   * @throws UnreadableEventException if it is neither of the two
   */
  static ServerMessage read(String text) throws UnreadableEventException {
    ObjectNode message = JsonText.object(text);
    // Some servers write codes as texts.
    int code = message.path("code").asInt(0);
    if (code == PUSHED) {
      return push(message);
    }
    if (code == 0) {
      throw new UnreadableEventException("a message has no code", null);
    }
    return new Reply(code, message.path("message").asText(""), texts(message.path("failedTopics")));
  }

  private static Push push(ObjectNode message) throws UnreadableEventException {
    JsonNode data = message.get("data");
    ObjectNode metadata =
        message.get("additionalMetadata") instanceof ObjectNode given ? given : null;
    return new Push(
        required(message, "eventId"),
        new ServerEvent(
            required(message, "topic"), data == null ? NullNode.getInstance() : data, metadata));
  }

  private static String required(ObjectNode message, String field) throws UnreadableEventException {
    JsonNode value = message.path(field);
    if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
      throw new UnreadableEventException("an event has no " + field, null);
    }
    return value.asText();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
