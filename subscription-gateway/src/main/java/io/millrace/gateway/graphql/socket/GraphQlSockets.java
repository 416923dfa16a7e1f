package io.millrace.gateway.graphql.socket;

import io.millrace.gateway.graphql.GraphQlEngine;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.socket.SocketEndpoint;
import io.millrace.gateway.http.socket.SocketListener;
import io.millrace.gateway.http.socket.SocketMount;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * GraphQL over WebSockets, by whichever of the two subprotocols a client offers; the older one if
 * it offers both, as clients that know both list it first, or none.
 */
public final class GraphQlSockets implements SocketEndpoint, AutoCloseable {

  private final GraphQlEngine engine;
  private final RequestAuthenticator authenticator;
  private final GraphQlSocketConfig config;
  private final ScheduledExecutorService timers;
  private final Protocol legacy = new LegacyProtocol();
  private final Protocol transport = new TransportProtocol();

  /** With a thread of its own for what happens after a while. */
  public GraphQlSockets(
      GraphQlEngine engine, RequestAuthenticator authenticator, GraphQlSocketConfig config) {
    this(engine, authenticator, config, newTimers());
  }

  GraphQlSockets(
      GraphQlEngine engine,
      RequestAuthenticator authenticator,
      GraphQlSocketConfig config,
      ScheduledExecutorService timers) {
    this.engine = engine;
    this.authenticator = authenticator;
    this.config = config;
    this.timers = timers;
  }

  private static ScheduledExecutorService newTimers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-graphql-timers");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true);
    return timers;
  }

  /** To be served at a path; {@code dialect} is its name in metrics. */
  public SocketMount mount(String dialect, String path) {
    return new SocketMount(dialect, path, this, new ErrorEnvelope());
  }

  @Override
  public CompletionStage<Accepted> open(Exchange exchange, List<String> subprotocols) {
    return CompletableFuture.completedFuture(answer(exchange, subprotocols));
  }

  private Accepted answer(Exchange exchange, List<String> offered) {
    for (Protocol protocol : List.of(legacy, transport)) {
      if (offered.contains(protocol.name())) {
        return new Accepted(protocol.name(), conversation(protocol, exchange));
      }
    }
    return offered.isEmpty()
        ? new Accepted(null, conversation(legacy, exchange))
        : new Accepted(null, new UnknownProtocol());
  }

  private SocketListener conversation(Protocol protocol, Exchange exchange) {
    String believed = exchange.believedAuthorization().orElse(null);
    return new Conversation(protocol, this, believed, exchange.executor());
  }

  GraphQlEngine engine() {
    return engine;
  }

  RequestAuthenticator authenticator() {
    return authenticator;
  }

  GraphQlSocketConfig config() {
    return config;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  /** To be called when all sockets are closed. */
  @Override
  public void close() {
    timers.shutdownNow();
  }
}
