package io.millrace.gateway.http.socket;

import io.millrace.gateway.http.Exchange;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a client that asks for a WebSocket. Called on a pool thread that it must not hold
 * while it waits. A stage that fails with {@link io.millrace.gateway.http.HttpProblem} refuses the
 * handshake in the dialect's shape.
 */
@FunctionalInterface
public interface SocketEndpoint {

  /**
   * Answers a handshake.
   *
   * @param exchange the request; not to be used after the stage has completed
   * @param subprotocols what the client offers, in its order; empty if nothing
   */
  CompletionStage<Accepted> open(Exchange exchange, List<String> subprotocols);

  /**
   * The client gets its socket.
   *
   * @param subprotocol one of those offered, or null to name none
   * @param user whose it is; null if that is told later by {@link Socket#belongsTo}
   */
  record Accepted(@Nullable String subprotocol, SocketListener listener, @Nullable String user) {

    /** Whose it is will be told later. */
    public Accepted(@Nullable String subprotocol, SocketListener listener) {
      this(subprotocol, listener, null);
    }
  }
}
