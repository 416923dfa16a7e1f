package io.millrace.gateway.mmm;

import io.millrace.gateway.graphql.GraphQlConfig;
import io.millrace.gateway.graphql.GraphQlEngine;
import io.millrace.gateway.graphql.SchemaEngine;
import io.millrace.gateway.graphql.Transport;
import io.millrace.gateway.graphql.http.GraphQlHttp;
import io.millrace.gateway.graphql.socket.GraphQlSocketConfig;
import io.millrace.gateway.graphql.socket.GraphQlSockets;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.security.Viewers;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.function.Supplier;

/** MMM's Events API as it is served: by HTTP at {@code /graphql}, by WebSocket beside it. */
public final class MmmApi implements AutoCloseable {

  private final GraphQlHttp http;
  private final GraphQlSockets sockets;

  /**
   * Over subscriptions, which whoever opened them closes, after this.
   *
   * @param ids new tracking identifiers, each unlike all others
   */
  public MmmApi(
      Subscriptions subscriptions,
      Viewers viewers,
      MmmConfig config,
      GraphQlConfig limits,
      GraphQlSocketConfig socketConfig,
      RequestAuthenticator authenticator,
      Supplier<String> ids) {
    GraphQlEngine engine =
        new SchemaEngine(MmmSchema.of(subscriptions, viewers, config), limits, ids);
    http = new GraphQlHttp(authenticator, engine);
    sockets = new GraphQlSockets(engine, authenticator, socketConfig);
  }

  /** Queries and mutations. */
  public Mount mount() {
    return http.mount();
  }

  /** All operations. */
  public SocketMount socketMount() {
    return sockets.mount("graphql", Transport.WEBSOCKET_PATH);
  }

  /** To be called when no client is connected any more. */
  @Override
  public void close() {
    sockets.close();
  }
}
