package io.millrace.gateway.http.socket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.OriginConfig;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
import io.millrace.gateway.http.tls.TlsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A server whose sockets are those of a test. */
final class SocketServer implements AutoCloseable {

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<String, SocketEndpoint> endpoints = new TreeMap<>();
  private final List<Mount> mounts = new ArrayList<>();
  private SocketConfig config =
      new SocketConfig(
          10_000, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(30));
  private OriginConfig origins = OriginConfig.OWN;
  private @Nullable TlsConfig tls;
  private @Nullable Pings pings;
  private @Nullable HttpServer server;

  SocketServer with(TlsConfig spoken) {
    tls = spoken;
    return this;
  }

  SocketServer with(OriginConfig others) {
    origins = others;
    return this;
  }

  SocketServer with(SocketConfig other) {
    config = other;
    return this;
  }

  /** With limits, else as ever. */
  SocketServer with(SocketLimits limits) {
    config =
        new SocketConfig(
            10_000,
            10_000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30),
            false,
            limits);
    return this;
  }

  /** What counts those who were refused, or closed, for a limit. */
  double refused(String limit) {
    return registry.counter(SocketMetrics.REFUSED, "dialect", "test", "limit", limit).count();
  }

  SocketServer with(Pings promised) {
    pings = promised;
    return this;
  }

  SocketServer at(String path, SocketEndpoint endpoint) {
    endpoints.put(path, endpoint);
    return this;
  }

  /** A socket for everybody, with one listener. */
  SocketServer at(String path, SocketListener listener) {
    return at(
        path,
        (exchange, offered) -> CompletableFuture.completedFuture(new Accepted(null, listener)));
  }

  SocketServer at(Mount mount) {
    mounts.add(mount);
    return this;
  }

  SocketServer start() throws ListenException {
    HttpConfig http =
        new HttpConfig(
            "127.0.0.1",
            0,
            1 << 20,
            Duration.ofSeconds(tls == null ? 1 : 60), // A busy machine is slow to shake hands.
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            8,
            false,
            origins,
            tls);
    RequestMetrics metrics = new RequestMetrics(registry);
    List<SocketMount> sockets =
        endpoints.entrySet().stream()
            .map(e -> new SocketMount("test", e.getKey(), e.getValue(), new ErrorEnvelope(), pings))
            .toList();
    Sockets front = new Sockets(config, http, sockets, metrics, registry);
    mounts.addAll(front.plain());
    server = HttpServer.start(http, mounts, front, metrics);
    return this;
  }

  int port() {
    return server == null ? -1 : server.port();
  }

  @Nullable String tlsState() {
    return server == null ? null : server.tlsState();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
