package io.millrace.gateway.http.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.RawClient.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over a socket, down to its frames. */
class SocketsIT {

  private final Recorder recorder = new Recorder();
  private final SocketServer server = new SocketServer().at("/s", recorder);

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient open() throws Exception {
    server.start();
    return RawClient.open(server.port(), "/s");
  }

  private static SocketConfig config(int ping, int idle, int close) {
    return new SocketConfig(
        10_000, 10_000, Duration.ofMillis(ping), Duration.ofMillis(idle), Duration.ofMillis(close));
  }

  private void awaitMessages(String... texts) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(recorder.messages).containsExactly(texts));
  }

  @Test
  void putsTheFramesOfAMessageTogether() throws Exception {
    try (RawClient client = open()) {
      byte[] text = "grüße".getBytes(UTF_8);
      client.send(RawClient.TEXT, false, new byte[] {text[0], text[1], text[2]}, 3);
      client.send(RawClient.PING, "in between");
      client.send(RawClient.CONTINUATION, false, new byte[0], 0);
      client.send(RawClient.CONTINUATION, true, new byte[] {text[3], 'x'}, 2);
      client.send(RawClient.TEXT, "");
      awaitMessages("grüx", "");
      assertThat(client.read()).isEqualTo(new Frame(RawClient.PONG, "in between"));
    }
  }

  @Test
  void sendsInOrderWhatMayWaitForOthers() throws Exception {
    try (RawClient client = open()) {
      Socket socket = recorder.socket();
      String large = "x".repeat(5_000); // Nothing that is gathered.
      for (String text : List.of("a", "b", large, "c")) {
        socket.send(ByteBuffer.wrap(text.getBytes(UTF_8)), true);
      }
      socket.send("d");
      socket.send(ByteBuffer.wrap("e".getBytes(UTF_8)), true);
      socket.flush();
      for (String text : List.of("a", "b", large, "c", "d", "e")) {
        assertThat(client.read()).isEqualTo(new Frame(RawClient.TEXT, text));
      }
    }
  }

  @Test
  void closesTextThatIsNotUtf8() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.TEXT, true, new byte[] {'a', (byte) 0xC3}, 2);
      assertThat(client.read()).isEqualTo(new Frame(RawClient.CLOSE, "1007 message is not UTF-8"));
    }
  }

  @Test
  void closesBinaryMessagesThatNobodyTakes() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.BINARY, "x");
      assertThat(client.read())
          .isEqualTo(new Frame(RawClient.CLOSE, "1003 takes no binary messages"));
    }
  }

  @Test
  void closesAMessageThatIsTooLargeWhileItIsStillBeingSent() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.TEXT, true, new byte[20_000], 10_000_000);
      assertThat(client.read())
          .isEqualTo(new Frame(RawClient.CLOSE, "1009 message is larger than 10000 bytes"));
      client.sendRaw(new byte[9_980_000]);
      client.send(RawClient.CLOSE, "");
      assertThat(client.cut()).isTrue();
      assertThat(recorder.end()).startsWith("1009");
    }
  }

  @Test
  void closesFramesThatAddUpToTooMuch() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.TEXT, false, new byte[6_000], 6_000);
      client.send(RawClient.CONTINUATION, true, new byte[6_000], 6_000);
      assertThat(client.read().text()).startsWith("1009");
    }
  }

  @Test
  void closesFramesThatAreNotMasked() throws Exception {
    try (RawClient client = open()) {
      client.sendRaw(new byte[] {(byte) 0x81, 1, 'x'});
      assertThat(client.read().text()).startsWith("1002");
      assertThat(recorder.end()).startsWith("1002");
      assertThat(closed("gateway")).isEqualTo(1);
    }
  }

  @Test
  void tellsTheListenerWhyTheClientHasClosed() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.CLOSE, true, new byte[] {0x0F, (byte) 0xA0, 'b', 'y', 'e'}, 5);
      assertThat(client.read()).isEqualTo(new Frame(RawClient.CLOSE, "4000 bye"));
      assertThat(recorder.end()).isEqualTo("4000 bye");
      assertThat(closed("client")).isEqualTo(1);
    }
  }

  @Test
  void tellsTheListenerThatTheClientIsGone() throws Exception {
    open().close();
    assertThat(recorder.end()).startsWith("1006 ");
    assertThat(closed("lost")).isEqualTo(1);
    assertThat(server.registry.get(SocketMetrics.OPEN).gauge().value()).isZero();
  }

  private double closed(String by) {
    return server
        .registry
        .counter(SocketMetrics.CLOSED, RequestMetrics.DIALECT, "test", SocketMetrics.BY, by)
        .count();
  }

  @Test
  void sendsWhatCameBeforeACloseOfAnyCode() throws Exception {
    try (RawClient client = open()) {
      recorder.socket().send("last words");
      recorder.socket().close(1011, "x".repeat(200));
      assertThat(recorder.socket().send("too late")).isFalse();
      recorder.socket().close(1000, "too late");
      assertThat(client.read()).isEqualTo(new Frame(RawClient.TEXT, "last words"));
      assertThat(client.read()).isEqualTo(new Frame(RawClient.CLOSE, "1011 " + "x".repeat(123)));
      client.send(RawClient.TEXT, "nobody hears it");
      client.send(RawClient.CLOSE, "");
      assertThat(recorder.end()).startsWith("1011 xxx");
      assertThat(recorder.messages).isEmpty();
    }
  }

  @Test
  void cutsAClientThatDoesNotAnswerAClose() throws Exception {
    server.with(config(60_000, 60_000, 200));
    try (RawClient client = open()) {
      recorder.socket().close(4000, "bye");
      assertThat(recorder.end()).isEqualTo("4000 bye");
      client.read();
      assertThat(client.cut()).isTrue();
    }
  }

  @Test
  void sendsOneBufferToManyClients() throws Exception {
    List<Recorder> recorders = new CopyOnWriteArrayList<>();
    server.at(
        "/many",
        (exchange, offered) -> {
          recorders.add(new Recorder());
          return java.util.concurrent.CompletableFuture.completedFuture(
              new SocketEndpoint.Accepted(null, recorders.get(recorders.size() - 1)));
        });
    server.start();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(RawClient.open(server.port(), "/many"));
    }
    ByteBuffer message = ByteBuffer.wrap("--grüße--".getBytes(UTF_8), 2, 7).asReadOnlyBuffer();
    for (Recorder each : recorders) {
      assertThat(each.socket().send(message)).isTrue();
    }
    assertThat(message.position()).isEqualTo(2);
    for (RawClient client : clients) {
      assertThat(client.read()).isEqualTo(new Frame(RawClient.TEXT, "grüße"));
      client.close();
    }
  }

  @Test
  void pingsAQuietClientAndLeavesWhoAnswers() throws Exception {
    server.with(config(300, 30_000, 200));
    try (RawClient client = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().opcode()).isEqualTo(RawClient.PING);
        client.send(RawClient.PONG, "");
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> recorder.pongs.get() == 3);
    }
  }

  @Test
  void promisedPingsComeWhateverIsSaidAndEndWhoDoesNotAnswerThem() throws Exception {
    server.with(new Pings(Duration.ofMillis(300), 2));
    try (RawClient client = open()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.read().opcode()).isEqualTo(RawClient.PING);
        client.send(RawClient.TEXT, "not a pong");
      }
      assertThat(client.read())
          .isEqualTo(new Frame(RawClient.CLOSE, "1008 has not answered 2 pings"));
    }
  }

  @Test
  void whoAnswersPromisedPingsNowAndThenStays() throws Exception {
    server.with(new Pings(Duration.ofMillis(300), 2));
    try (RawClient client = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.read().opcode()).isEqualTo(RawClient.PING);
        assertThat(client.read().opcode()).isEqualTo(RawClient.PING);
        client.send(RawClient.PONG, "");
      }
    }
  }

  @Test
  void givesUpAClientThatGivesNoSign() throws Exception {
    server.with(config(100, 500, 200));
    try (RawClient client = open()) {
      Frame frame = client.read();
      while (frame.opcode() == RawClient.PING) {
        frame = client.read();
      }
      assertThat(frame).isEqualTo(new Frame(RawClient.CLOSE, "1008 has given no sign for 500 ms"));
      assertThat(client.cut()).isTrue();
      assertThat(recorder.end()).startsWith("1008");
    }
  }

  @Test
  void isNotReadyUntilASlowClientHasTakenHalf() throws Exception {
    try (RawClient client = open()) {
      Socket socket = recorder.socket();
      int sent = 0;
      while (socket.send("x".repeat(5_000))) {
        sent++;
      }
      assertThat(socket.ready()).isFalse();
      client.send(RawClient.TEXT, "not read while it does not read");
      for (int i = 0; i <= sent; i++) {
        assertThat(client.read().opcode()).isEqualTo(RawClient.TEXT);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> recorder.drained.get() == 1);
      assertThat(socket.ready()).isTrue();
      awaitMessages("not read while it does not read");
    }
  }

  @Test
  void readsNothingFromAClientThatDoesNotRead() throws Exception {
    try (RawClient client = open()) {
      Socket socket = recorder.socket();
      client.send(RawClient.TEXT, "1");
      awaitMessages("1");
      fill(socket);
      client.send(RawClient.TEXT, "2"); // One was asked for before the queue was full.
      awaitMessages("1", "2");
      client.send(RawClient.TEXT, "3");
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(recorder.messages).containsExactly("1", "2"));
    }
  }

  /** Until the kernel takes nothing more, and the socket is not ready for good. */
  private static void fill(Socket socket) {
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              boolean full = !socket.ready();
              while (socket.ready()) {
                socket.send("x".repeat(5_000));
              }
              return full;
            });
  }

  @Test
  void losesAClientToWhomSomebodySendsWithoutEnd() throws Exception {
    server.with(config(60_000, 60_000, 200));
    try (RawClient client = open()) {
      client.send(RawClient.PING, "");
      Socket socket = recorder.socket();
      for (int i = 0; i < 10_000; i++) { // More than the kernel takes.
        socket.send("x".repeat(5_000));
      }
      assertThat(recorder.end()).isEqualTo("1008 does not take what it is sent");
    }
  }

  @Test
  void readsTheNextMessageWhenTheLastWasTaken() throws Exception {
    List<Runnable> taken = new CopyOnWriteArrayList<>();
    Recorder slow =
        new Recorder() {
          @Override
          public void message(String text, Runnable next) {
            messages.add(text);
            taken.add(next);
          }
        };
    server.at("/slow", slow).start();
    try (RawClient client = RawClient.open(server.port(), "/slow")) {
      client.send(RawClient.TEXT, "1");
      client.send(RawClient.TEXT, "2");
      await().atMost(Duration.ofSeconds(60)).until(() -> slow.messages.size() == 1);
      taken.get(0).run();
      taken.get(0).run();
      await().atMost(Duration.ofSeconds(60)).until(() -> slow.messages.size() == 2);
      client.send(RawClient.TEXT, "3");
      slow.socket().close(4000, "bye");
      assertThat(client.read().text()).isEqualTo("4000 bye");
      client.send(RawClient.CLOSE, "");
      assertThat(slow.end()).isEqualTo("4000 bye");
      assertThat(slow.messages).containsExactly("1", "2");
    }
  }

  @Test
  void closesTheClientOfAListenerThatThrows() throws Exception {
    Recorder broken =
        new Recorder() {
          @Override
          public void message(String text, Runnable next) {
            throw new IllegalStateException("broken on purpose");
          }
        };
    server.at("/broken", broken).start();
    try (RawClient client = RawClient.open(server.port(), "/broken")) {
      client.send(RawClient.TEXT, "1");
      assertThat(client.read().text()).isEqualTo("1011 failed in the gateway");
    }
  }

  @Test
  void tellsClientsOfTheStopAndDoesNotWaitForThoseWhoDoNotAnswer() throws Exception {
    try (RawClient client = open();
        RawClient other = RawClient.open(server.port(), "/s")) {
      server.close();
      assertThat(client.read())
          .isEqualTo(new Frame(RawClient.CLOSE, "1001 the gateway is being stopped"));
      assertThat(other.read().text()).startsWith("1001");
      assertThat(client.cut()).isTrue();
    } catch (IOException e) {
      throw new AssertionError("cut before it was told", e);
    }
  }

  @Test
  void countsMessages() throws Exception {
    try (RawClient client = open()) {
      client.send(RawClient.TEXT, "1");
      client.send(RawClient.TEXT, "2");
      awaitMessages("1", "2");
      recorder.socket().send("3");
      client.read();
      assertThat(server.registry.get(SocketMetrics.OPEN).gauge().value()).isEqualTo(1);
      assertThat(messages("in")).isEqualTo(2);
      assertThat(messages("out")).isEqualTo(1);
    }
  }

  private double messages(String direction) {
    return server
        .registry
        .get(SocketMetrics.MESSAGES)
        .tag(SocketMetrics.DIRECTION, direction)
        .counter()
        .count();
  }
}
