package io.millrace.gateway.http.socket;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.jspecify.annotations.Nullable;

/** The open sockets of one dialect. */
final class OpenSockets {

  private static final int GOING_AWAY = 1001;

  private final String dialect;
  private final SocketConfig config;
  private final @Nullable Pings pings;
  private final SocketMetrics metrics;
  private final LongSupplier nanos;
  private final Executor executor;
  private final Places places;
  private final Set<ClientSocket> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile boolean stopping;

  OpenSockets(
      String dialect,
      SocketConfig config,
      @Nullable Pings pings,
      SocketMetrics metrics,
      LongSupplier nanos,
      Executor executor,
      Places places) {
    this.dialect = dialect;
    this.config = config;
    this.pings = pings;
    this.metrics = metrics;
    this.nanos = nanos;
    this.executor = executor;
    this.places = places;
  }

  String dialect() {
    return dialect;
  }

  SocketConfig config() {
    return config;
  }

  SocketMetrics metrics() {
    return metrics;
  }

  Places places() {
    return places;
  }

  /** One that counts what its client sends. */
  MessageRate rate() {
    return new MessageRate(config.limits().messagesPerSecond(), nanos);
  }

  ClientSocket socket(CoreSession session, Place place, Runnable drained, Runnable readOn) {
    return new ClientSocket(
        session, place, config, pings, metrics, nanos, executor, drained, readOn);
  }

  void add(ClientSocket socket) {
    open.add(socket);
    metrics.opened();
    if (stopping) {
      socket.close(GOING_AWAY, "the gateway is being stopped");
    }
  }

  void remove(ClientSocket socket, String by) {
    open.remove(socket);
    socket.place().free();
    metrics.closed(by);
    if (stopping && open.isEmpty()) {
      gone.complete(null);
    }
  }

  /** To be called now and then. */
  void look() {
    open.forEach(ClientSocket::look);
  }

  /** Closes all, now and from now on; the future tells when none is left. */
  CompletableFuture<Void> close() {
    stopping = true;
    open.forEach(socket -> socket.close(GOING_AWAY, "the gateway is being stopped"));
    if (open.isEmpty()) {
      gone.complete(null);
    }
    return gone;
  }

  /** Cuts the connections of those that are left. */
  void abort() {
    open.forEach(ClientSocket::abort);
  }
}
