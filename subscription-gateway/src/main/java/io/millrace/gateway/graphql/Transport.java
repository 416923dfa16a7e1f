package io.millrace.gateway.graphql;

import graphql.language.OperationDefinition.Operation;
import org.jspecify.annotations.Nullable;

/** How an operation came, which says what it may be. Source: GraphQL over HTTP, GET. */
public enum Transport {
  /** A page of another site can make a browser send it, so it changes nothing. */
  HTTP_GET,
  HTTP_POST,
  WEBSOCKET;

  /** Where HTTP is spoken. */
  public static final String HTTP_PATH = "/graphql";

  /** Where WebSockets are. */
  public static final String WEBSOCKET_PATH = "/subscriptions";

  /** Why it does not carry such an operation; absent if it does. */
  @Nullable CodedError refusal(Operation operation) {
    if (operation == Operation.MUTATION && this == HTTP_GET) {
      return CodedError.of(ErrorCode.MUTATION_NEEDS_POST, "A mutation must be sent by POST");
    }
    if (operation == Operation.SUBSCRIPTION && this != WEBSOCKET) {
      return CodedError.of(
          ErrorCode.SUBSCRIPTION_NEEDS_WEBSOCKET,
          "A subscription is not served over HTTP: open a WebSocket at " + WEBSOCKET_PATH);
    }
    return null;
  }
}
