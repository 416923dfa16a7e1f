package io.millrace.gateway.graphql.socket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authenticator;
import io.millrace.gateway.auth.Credentials;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.SocketConfig;
import io.millrace.gateway.http.socket.Sockets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A real server with the test's schema at {@code /subscriptions}. */
final class TestServer implements AutoCloseable {

  static final String ADA = basic("ada", "lovelace");

  final TestGraphQl graphQl = new TestGraphQl();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final GraphQlSockets sockets;
  private final HttpServer server;

  TestServer(SocketConfig socketConfig, GraphQlSocketConfig config) throws ListenException {
    sockets = new GraphQlSockets(graphQl, authenticator(registry), config);
    HttpConfig http =
        new HttpConfig(
            "127.0.0.1",
            0,
            1 << 20,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            8,
            false);
    RequestMetrics metrics = new RequestMetrics(registry);
    Sockets front =
        new Sockets(
            socketConfig,
            http,
            List.of(sockets.mount("test", "/subscriptions")),
            metrics,
            registry);
    server = HttpServer.start(http, front.plain(), front, metrics);
  }

  static SocketConfig socketConfig() {
    return new SocketConfig(
        100_000, 100_000, Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(5));
  }

  static GraphQlSocketConfig config() {
    return new GraphQlSocketConfig(Duration.ofSeconds(60), Duration.ofSeconds(60), 3);
  }

  /** Ada's password is lovelace; it is checked by another thread. */
  static RequestAuthenticator authenticator(SimpleMeterRegistry registry) {
    Executor other =
        CompletableFuture.delayedExecutor(1, java.util.concurrent.TimeUnit.MILLISECONDS);
    Authenticator ada =
        credentials -> CompletableFuture.supplyAsync(() -> answer(credentials), other);
    return new RequestAuthenticator(ada, registry);
  }

  static Authentication answer(Credentials credentials) {
    return credentials.equals(new Credentials.Basic("ada", "lovelace"))
        ? new Authentication.Accepted(new Principal("ada", Set.of(), null, null))
        : Authentication.wrong();
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + server.port() + "/subscriptions");
  }

  @Override
  public void close() {
    server.close();
    sockets.close();
  }
}
