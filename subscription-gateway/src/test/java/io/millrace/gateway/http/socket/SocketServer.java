package io.millrace.gateway.http.socket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
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
  private @Nullable Pings pings;
  private @Nullable HttpServer server;

  SocketServer with(SocketConfig other) {
    config = other;
    return this;
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
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            8,
            false);
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

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
