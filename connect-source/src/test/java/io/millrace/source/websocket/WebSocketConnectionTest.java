package io.millrace.source.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.source.websocket.FrameServer.Client;
import io.millrace.source.websocket.FrameServer.Frame;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebSocketConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Limits LIMITS = new Limits(10_000, 4, LONG);

  private final AtomicLong time = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private FrameServer server;
  private Client client;

  @BeforeEach
  void listen() throws IOException {
    server = new FrameServer();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private WebSocketConnection open(Limits limits) throws Exception {
    return open(new WebSocketClient(HttpClient.newHttpClient()), limits);
  }

  private WebSocketConnection open(WebSocketClient opener, Limits limits) throws Exception {
    CompletableFuture<WebSocketConnection> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return opener.open(new Handshake(server.uri(), Map.of(), List.of(), LONG), limits);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            },
            threads);
    client = server.accept().upgrade();
    return opening.get();
  }

  @Test
  void piecesAreOneMessage() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      client.frame(FrameServer.TEXT, false, "one ".getBytes(UTF_8));
      client.frame(FrameServer.PING, true, "between".getBytes(UTF_8));
      client.frame(0, false, "me\u00df".getBytes(UTF_8));
      client.frame(0, true, "age".getBytes(UTF_8));
      client.text("next");
      assertThat(connection.receive(LONG)).contains("one me\u00dfage");
      assertThat(connection.receive(LONG)).contains("next");
      assertThat(client.read().text()).isEqualTo("between");
    }
  }

  @Test
  void nothingIsReadForWhoDoesNotReceive() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      String text = "x".repeat(1_000);
      AtomicLong sent = new AtomicLong();
      threads.execute(
          () -> {
            for (int i = 0; i < 20_000; i++) {
              client.text(text + i);
              sent.incrementAndGet();
            }
          });
      await().atMost(LONG).until(() -> stopsAt(sent));
      assertThat(sent).hasValueLessThan(20_000);
      for (int i = 0; i < 20_000; i++) {
        assertThat(connection.receive(LONG)).contains(text + i);
      }
    }
  }

  private static boolean stopsAt(AtomicLong counter) throws InterruptedException {
    long before = counter.get();
    Thread.sleep(500);
    return before > 0 && counter.get() == before;
  }

  @Test
  void manySendsGoOutOneAfterTheOther() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      List<CompletableFuture<Void>> sends =
          IntStream.range(0, 500).mapToObj(i -> connection.send("m" + i)).toList();
      for (int i = 0; i < 500; i++) {
        assertThat(client.read().text()).isEqualTo("m" + i);
      }
      CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get();
    }
  }

  @Test
  void aServerThatDoesNotReadEndsTheConnection() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      String large = "x".repeat(100_000);
      for (int i = 0; i <= 2 * Outbox.MOST; i++) {
        var unused = connection.send(large);
      }
      assertThatThrownBy(() -> connection.receive(LONG)).hasMessageContaining("does not read");
    }
  }

  @Test
  void theServersCloseComesAfterItsMessages() throws Exception {
    WebSocketConnection connection = open(LIMITS);
    client.text("last");
    client.close(4403, "no\n!");
    assertThat(connection.receive(LONG)).contains("last");
    var closed =
        catchThrowableOfType(ConnectionClosedException.class, () -> connection.receive(LONG));
    assertThat(closed.code()).isEqualTo(4403);
    assertThat(closed).hasMessageEndingWith("with code 4403: no !");
    connection.close();
    assertThat(client.read().opcode()).isEqualTo(FrameServer.CLOSE);
  }

  @Test
  void aCutInsideAMessageIsALostConnection() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      client.frame(FrameServer.TEXT, false, "half".getBytes(UTF_8));
      client.cut();
      var lost =
          catchThrowableOfType(ConnectionClosedException.class, () -> connection.receive(LONG));
      assertThat(lost.code()).isEqualTo(ConnectionClosedException.ABNORMAL);
    }
  }

  @Test
  void aMessageThatIsTooLargeEndsTheConnection() throws Exception {
    try (WebSocketConnection connection = open(new Limits(100, 4, LONG))) {
      client.frame(FrameServer.TEXT, false, "x".repeat(60).getBytes(UTF_8));
      client.frame(0, true, "x".repeat(60).getBytes(UTF_8));
      assertThatThrownBy(() -> connection.receive(LONG))
          .isInstanceOf(MessageTooLargeException.class)
          .hasMessageContaining("100");
    }
  }

  @Test
  void aBinaryMessageEndsTheConnection() throws Exception {
    try (WebSocketConnection connection = open(LIMITS)) {
      client.frame(FrameServer.BINARY, true, new byte[1]);
      assertThatThrownBy(() -> connection.receive(LONG)).hasMessageContaining("binary");
    }
  }

  @Test
  void silenceEndsTheConnectionAndAPongDoesNot() throws Exception {
    WebSocketClient opener = new WebSocketClient(HttpClient.newHttpClient(), time::get);
    try (WebSocketConnection connection = open(opener, new Limits(100, 4, SHORT))) {
      assertThat(connection.receive(Duration.ZERO)).isEmpty();
      connection.ping().get();
      assertThat(client.read().opcode()).isEqualTo(FrameServer.PING);
      CompletableFuture<?> waiting =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> connection.receive(LONG))
                      .hasMessageContaining("nothing was heard for 100 ms"),
              threads);
      await().atMost(LONG).until(() -> isWaiting());
      time.addAndGet(SHORT.toNanos() - 1);
      client.frame(FrameServer.PONG, true, new byte[0]);
      client.frame(FrameServer.PING, true, new byte[0]);
      assertThat(client.read().opcode()).isEqualTo(FrameServer.PONG);
      time.addAndGet(SHORT.toNanos() - 1);
      assertThat(waiting).isNotDone();
      // The JDK may answer a ping before it tells of it, so that it counts as heard only now.
      await()
          .atMost(LONG)
          .until(
              () -> {
                time.addAndGet(SHORT.toNanos());
                return waiting.isDone();
              });
      waiting.get();
    }
  }

  private static boolean isWaiting() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(frame -> frame.getClassName().equals(Inbox.class.getName())));
  }

  @Test
  void whoIsAwayDoesNotCountAsSilence() throws Exception {
    WebSocketClient opener = new WebSocketClient(HttpClient.newHttpClient(), time::get);
    try (WebSocketConnection connection = open(opener, LIMITS)) {
      time.addAndGet(2 * LONG.toNanos());
      assertThat(connection.receive(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void closingIsAgreedOnThoughMessagesLieInTheWay() throws Exception {
    WebSocketConnection connection = open(LIMITS);
    for (int i = 0; i < 10; i++) {
      client.text("unread");
    }
    CompletableFuture<Frame> heard =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                Frame frame = client.read();
                client.close(frame.code(), "");
                return frame;
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            threads);
    connection.close(4400, "bad");
    assertThat(heard.get().code()).isEqualTo(4400);
    assertThatThrownBy(() -> connection.receive(LONG)).hasMessageContaining("4400");
  }

  @Test
  void aServerThatDoesNotAgreeIsLeft() throws Exception {
    WebSocketConnection connection = open(LIMITS);
    connection.close();
    assertThat(client.read().code()).isEqualTo(1000);
    assertThat(client.isGone()).isTrue();
  }

  @Test
  void anAbortWakesWhoReceives() throws Exception {
    WebSocketConnection connection = open(LIMITS);
    CompletableFuture<?> waiting =
        CompletableFuture.runAsync(
            () ->
                assertThatThrownBy(() -> connection.receive(LONG))
                    .hasMessageContaining("given up here"),
            threads);
    await().atMost(LONG).until(() -> isWaiting());
    connection.abort();
    waiting.get();
    assertThat(client.isGone()).isTrue();
  }
}
