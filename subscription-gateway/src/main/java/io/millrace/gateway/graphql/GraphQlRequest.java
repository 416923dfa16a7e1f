package io.millrace.gateway.graphql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, however it came. Source: GraphQL over HTTP, Request Parameters.
 *
 * @param operationName which of the document's operations; may be absent where there is only one
 * @param variables as JSON values: maps, lists, strings, numbers, booleans and nulls
 */
public record GraphQlRequest(
    String query,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables,
    Transport transport) {

  public GraphQlRequest {
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** Over a WebSocket, which carries every kind of operation. */
  public GraphQlRequest(
      String query, @Nullable String operationName, Map<String, @Nullable Object> variables) {
    this(query, operationName, variables, Transport.WEBSOCKET);
  }
}
