package io.millrace.source.des;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.push.JsonText;
import org.jspecify.annotations.Nullable;

/** What the server says: an event, or a word about the connection. */
sealed interface ServerMessage {

  /** The answer to a ping. */
  String PONG = "pong";

  record Event(CloudEvent event) implements ServerMessage {}

  /**
   * A message that is no event, such as the answer to a ping.
   *
   * @param type what it is
   * @param position up to which everything was sent; null if the server does not tell
   */
  record Word(String type, @Nullable String position) implements ServerMessage {}

  /**
   * Reads one message: it is an event if it has the source or the specversion of one.
   *
   * @throws UnreadableEventException if it is neither of the two
   */
  static ServerMessage read(String text) throws UnreadableEventException {
    ObjectNode message = JsonText.object(text);
    if (message.has("source") || message.has("specversion")) {
      return new Event(LenientEvents.read(message));
    }
    if (!message.path("type").isTextual()) {
      throw new UnreadableEventException("a message has no type", null);
    }
    return new Word(
        message.path("type").textValue(), message.path("data").path("position").textValue());
  }
}
