package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeIT {

  private static final String UPGRADE = "Upgrade: WebSocket";
  private static final String CONNECTION = "Connection: upgrade";
  private static final String VERSION = "Sec-WebSocket-Version: 13";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static SocketServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new SocketServer()
            .at("/plain", new Recorder())
            .at("/both", new Recorder())
            .at(
                new Mount(
                    "other",
                    "/both",
                    false,
                    Map.of("GET", e -> CompletableFuture.completedFuture(Reply.empty(204))),
                    new ErrorEnvelope()))
            .at("/posts", new Recorder())
            .at(
                new Mount(
                    "other",
                    "/posts",
                    true,
                    Map.of("POST", e -> CompletableFuture.completedFuture(Reply.empty(204))),
                    new ErrorEnvelope()))
            .at(
                "/seen",
                (exchange, offered) -> {
                  SEEN.add(exchange.query("q") + exchange.header("X-H") + exchange.remoteAddress());
                  SEEN.addAll(offered);
                  return CompletableFuture.supplyAsync(
                      () -> new Accepted(offered.get(1), new Recorder()),
                      CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
                })
            .at(
                "/refused",
                (exchange, offered) ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          throw HttpProblem.of(Trouble.FORBIDDEN, "you", "may not");
                        }))
            .at(
                "/broken",
                (exchange, offered) -> {
                  throw new IllegalStateException("broken on purpose");
                })
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsTheEndpointTheRequestAndTakesItsChoice() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      String head =
          client.ask(
              "/seen?q=%C3%BC",
              UPGRADE,
              CONNECTION,
              VERSION,
              KEY,
              "X-H: h",
              "Sec-WebSocket-Protocol: a, b",
              "Sec-WebSocket-Protocol: c",
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
      assertThat(head)
          .startsWith("HTTP/1.1 101 ")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("Sec-WebSocket-Protocol: b\r\n")
          .doesNotContain("Extensions");
    }
    assertThat(SEEN).containsExactly("üh127.0.0.1", "a", "b", "c");
    assertThat(upgraded()).isPositive();
  }

  private static double upgraded() {
    return server
        .registry
        .counter(
            RequestMetrics.REQUESTS,
            RequestMetrics.DIALECT,
            "test",
            RequestMetrics.OUTCOME,
            "success")
        .count();
  }

  @ParameterizedTest
  @CsvSource({"/refused,403", "/broken,500", "/nowhere,404"})
  void refusesInTheDialectsShape(String path, int status) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask(path, UPGRADE, CONNECTION, VERSION, KEY))
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("application/json");
    }
  }

  @Test
  void tellsWhoAsksForNoSocketThatThereIsOne() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/plain"))
          .startsWith("HTTP/1.1 426 ")
          .contains("Upgrade: websocket\r\n");
    }
  }

  @Test
  void tellsItAlsoWhereTheMountOfTheSamePathTakesOtherMethodsOnly() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/posts?topics=x"))
          .startsWith("HTTP/1.1 426 ")
          .contains("Upgrade: websocket\r\n");
    }
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/posts/below"))
          .startsWith("HTTP/1.1 405 ")
          .contains("Allow: OPTIONS, POST\r\n");
    }
  }

  @Test
  void leavesWhatAsksForNoSocketToTheMountOfTheSamePath() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/both")).startsWith("HTTP/1.1 204 ");
    }
    RawClient.open(server.port(), "/both/").close();
  }

  @Test
  void namesTheVersionItSpeaks() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/plain", UPGRADE, CONNECTION, "Sec-WebSocket-Version: 8", KEY))
          .startsWith("HTTP/1.1 400 ")
          .contains("Sec-WebSocket-Version: 13\r\n");
    }
  }

  @Test
  void refusesAHandshakeThatIsNotWhole() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/plain", UPGRADE, CONNECTION, VERSION)).startsWith("HTTP/1.1 400 ");
    }
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.ask("/plain", UPGRADE, VERSION, KEY)).startsWith("HTTP/1.1 400 ");
    }
  }
}
