package io.millrace.gateway.graphql.socket;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.ExecutionResult;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.socket.ClientMessage.BadMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The subprotocol {@code graphql-transport-ws}, in which what goes wrong with the connection closes
 * it. Source: PROTOCOL.md of the npm package graphql-ws.
 */
final class TransportProtocol implements Protocol {

  static final String NAME = "graphql-transport-ws";

  private static final int TRY_AGAIN_LATER = 1013;
  private static final int INVALID_MESSAGE = 4400;
  private static final int UNAUTHORIZED = 4401;
  private static final int FORBIDDEN = 4403;
  private static final int INIT_TIMEOUT = 4408;
  private static final int DUPLICATE_ID = 4409;
  private static final int TOO_MANY_INITS = 4429;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void take(ClientMessage message, Conversation client) throws BadMessage {
    switch (message.type()) {
      case "connection_init" -> {
        JsonNode payload = message.optionalPayload();
        if (client.begun()) {
          client.close(TOO_MANY_INITS, "Too many initialisation requests");
        } else {
          client.begin(payload);
        }
      }
      case "ping" -> client.send(ServerMessage.of("pong", message.optionalPayload()));
      case "pong" -> message.optionalPayload();
      case "subscribe" -> subscribe(message.id(), message.request(), client);
      case "complete" -> client.stop(message.id());
      default -> throw new BadMessage("There is no message of this type to the server");
    }
  }

  private static void subscribe(String id, GraphQlRequest request, Conversation client) {
    if (!client.accepted()) {
      client.close(UNAUTHORIZED, "Unauthorized");
    } else if (client.runs(id)) {
      client.close(DUPLICATE_ID, "Subscriber for " + id + " already exists");
    } else {
      client.start(id, request);
    }
  }

  @Override
  public void unreadable(String sentence, Conversation client) {
    client.close(INVALID_MESSAGE, "Invalid message: " + sentence);
  }

  @Override
  public boolean waitsForAck() {
    return false;
  }

  @Override
  public List<ByteBuffer> accepted() {
    return List.of(ServerMessage.of("connection_ack"));
  }

  @Override
  public void refused(String sentence, boolean later, Conversation client) {
    if (later) {
      client.close(TRY_AGAIN_LATER, "Try again later: " + sentence);
    } else {
      client.close(FORBIDDEN, "Forbidden: " + sentence);
    }
  }

  @Override
  public void late(Conversation client) {
    client.close(INIT_TIMEOUT, "Connection initialisation timeout");
  }

  @Override
  public ByteBuffer keepAlive() {
    return ServerMessage.of("ping");
  }

  @Override
  public ByteBuffer next(String id, ExecutionResult result) {
    return ServerMessage.result(id, "next", result);
  }

  @Override
  public List<ByteBuffer> refused(String id, List<Map<String, Object>> errors) {
    return List.of(ServerMessage.of(id, "error", errors));
  }

  @Override
  public ByteBuffer failed(String id, Map<String, Object> error) {
    return ServerMessage.of(id, "error", List.of(error));
  }

  @Override
  public ByteBuffer complete(String id) {
    return ServerMessage.of(id, "complete", null);
  }
}
