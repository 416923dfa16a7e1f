package io.millrace.gateway.graphql.socket;

import graphql.ExecutionResult;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.socket.ClientMessage.BadMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * The older subprotocol {@code graphql-ws}, in which what goes wrong is told by a message. Source:
 * PROTOCOL.md of the npm package subscriptions-transport-ws, and its server where that is silent.
 */
final class LegacyProtocol implements Protocol {

  static final String NAME = "graphql-ws";

  private static final int NORMAL = 1000;
  private static final int INTERNAL_ERROR = 1011;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void take(ClientMessage message, Conversation client) throws BadMessage {
    switch (message.type()) {
      case "connection_init" -> {
        if (client.begun()) {
          throw new BadMessage("connection_init has come before");
        }
        client.begin(message.optionalPayload());
      }
      case "start" -> start(message.id(), message, client);
      case "stop" -> {
        String id = message.id();
        if (client.stop(id)) {
          client.send(complete(id));
        }
      }
      case "connection_terminate" -> client.close(NORMAL, "connection_terminate");
      default -> answer(message, "Invalid message type", client);
    }
  }

  private void start(String id, ClientMessage message, Conversation client) {
    if (!client.accepted()) {
      answer(message, "connection_init must come first", client);
      return;
    }
    GraphQlRequest request;
    try {
      request = message.request();
    } catch (BadMessage e) {
      answer(message, e.sentence(), client);
      return;
    }
    client.stop(id);
    client.start(id, request);
  }

  private static void answer(ClientMessage message, String sentence, Conversation client) {
    Map<String, Object> error = GraphQlFailure.of(sentence, ErrorCode.BAD_USER_INPUT);
    client.send(
        message
            .anyId()
            .map(id -> ServerMessage.of(id, "error", error))
            .orElseGet(() -> ServerMessage.of("error", error)));
  }

  @Override
  public void unreadable(String sentence, Conversation client) {
    client.send(ServerMessage.of("connection_error", Map.of("message", sentence)));
  }

  @Override
  public boolean waitsForAck() {
    return true;
  }

  @Override
  public List<ByteBuffer> accepted() {
    return List.of(ServerMessage.of("connection_ack"), keepAlive());
  }

  @Override
  public void refused(String sentence, boolean later, Conversation client) {
    client.send(ServerMessage.of("connection_error", Map.of("message", sentence)));
    client.close(INTERNAL_ERROR, sentence);
  }

  @Override
  public void late(Conversation client) {
    refused("connection_init has not come in time", false, client);
  }

  @Override
  public ByteBuffer keepAlive() {
    return ServerMessage.of("ka");
  }

  @Override
  public ByteBuffer next(String id, ExecutionResult result) {
    return ServerMessage.result(id, "data", result);
  }

  @Override
  public List<ByteBuffer> refused(String id, List<Map<String, Object>> errors) {
    return List.of(ServerMessage.of(id, "data", Map.of("errors", errors)), complete(id));
  }

  @Override
  public ByteBuffer failed(String id, Map<String, Object> error) {
    return ServerMessage.of(id, "error", error);
  }

  @Override
  public ByteBuffer complete(String id) {
    return ServerMessage.of(id, "complete", null);
  }
}
