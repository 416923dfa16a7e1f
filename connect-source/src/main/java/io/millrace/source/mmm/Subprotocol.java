package io.millrace.source.mmm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The two ways to speak GraphQL over a WebSocket, each by its own table of messages. Sources:
 * {@code PROTOCOL.md} of graphql-ws, and of subscriptions-transport-ws for the older one, whose
 * name on the wire is, of all things, that of the newer one's library.
 */
enum Subprotocol {
  TRANSPORT("graphql-transport-ws") {
    @Override
    String begin(String id, ObjectNode operation) {
      return operation("subscribe", id).set("payload", operation).toString();
    }

    @Override
    String end(String id) {
      return operation("complete", id).toString();
    }

    @Override
    String ping() {
      return message("ping").toString();
    }

    @Override
    @Nullable Message read(String type, JsonNode message) throws IOException {
      return switch (type) {
        case "connection_ack" -> new Message.Welcome();
        case "ping" -> new Message.Alive(message("pong").toString());
        case "pong" -> new Message.Alive(null);
        case "next" -> new Message.Next(id(message), message.path(PAYLOAD));
        case "error" -> new Message.Failed(id(message), message.path(PAYLOAD));
        case "complete" -> new Message.Completed(id(message));
        default -> null;
      };
    }
  },

  LEGACY("graphql-ws") {
    @Override
    String begin(String id, ObjectNode operation) {
      return operation("start", id).set("payload", operation).toString();
    }

    @Override
    String end(String id) {
      return operation("stop", id).toString();
    }

    @Override
    @Nullable String ping() {
      return null;
    }

    @Override
    @Nullable Message read(String type, JsonNode message) throws IOException {
      return switch (type) {
        case "connection_ack" -> new Message.Welcome();
        case "connection_error" -> new Message.Refused(message.path(PAYLOAD));
        case "ka" -> new Message.Alive(null);
        case "data" -> new Message.Next(id(message), message.path(PAYLOAD));
        case "error" -> new Message.Failed(id(message), message.path(PAYLOAD));
        case "complete" -> new Message.Completed(id(message));
        default -> null;
      };
    }
  };

  private static final String PAYLOAD = "payload";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String wireName;

  Subprotocol(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /**
   * What a server has chosen. One that names none speaks the older protocol, as the vendor's own
   * client takes it.
   *
   * @param chosen empty for none
   */
  static Subprotocol chosen(String chosen) {
    return chosen.equals(TRANSPORT.wireName) ? TRANSPORT : LEGACY;
  }

  /** The first message: who is there. */
  String init(ObjectNode payload) {
    return message("connection_init").set(PAYLOAD, payload).toString();
  }

  /** Begins an operation. */
  abstract String begin(String id, ObjectNode operation);

  /** Ends an operation that the server has not ended. */
  abstract String end(String id);

  /** A message that asks for a sign of life; null if the protocol has none. */
  abstract @Nullable String ping();

  /**
   * Reads a message.
   *
   * @throws IOException if the protocol has no such message
   */
  Message read(String text) throws IOException {
    JsonNode message;
    try {
      message = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Its own words quote the text.
      throw new IOException("MMM has sent a message that is no JSON");
    }
    JsonNode type = message.path("type");
    Message known = type.isTextual() ? read(type.textValue(), message) : null;
    if (known == null) {
      throw new IOException("MMM has sent a message that " + wireName + " does not have");
    }
    return known;
  }

  /** Null for a type that the protocol does not have. */
  abstract @Nullable Message read(String type, JsonNode message) throws IOException;

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode operation(String type, String id) {
    return message(type).put("id", id);
  }

  private static String id(JsonNode message) throws IOException {
    JsonNode id = message.path("id");
    if (!id.isTextual()) {
      throw new IOException("MMM has sent a message without the id of its operation");
    }
    return id.textValue();
  }
}
