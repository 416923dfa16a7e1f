package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.gateway.http.socket.RawClient.Frame;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final SocketServer server =
      new SocketServer()
          .at("/unknown", new Recorder())
          .at(
              "/known",
              (exchange, offered) ->
                  CompletableFuture.completedFuture(
                      new Accepted(null, new Recorder(), exchange.query("user"))))
          .at(
              "/later",
              (exchange, offered) ->
                  CompletableFuture.completedFuture(new Accepted(null, new SaysWho())));

  /** Takes each message for the name of its user. */
  private static final class SaysWho extends Recorder {
    @Override
    public void message(String text, Runnable taken) {
      socket().send("" + socket().belongsTo(text));
      super.message(text, taken);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void start(int connections, int perUser, int perAddress, int perSecond) throws Exception {
    server.with(new SocketLimits(connections, perUser, perAddress, perSecond)).start();
  }

  private RawClient open(String path) throws IOException {
    return RawClient.open(server.port(), path);
  }

  /** One that is counted: that is so a little after its handshake was answered. */
  private RawClient counted(String path) throws IOException {
    RawClient client = open(path);
    client.send(RawClient.PING, "open?");
    assertThat(client.read()).isEqualTo(new Frame(RawClient.PONG, "open?"));
    return client;
  }

  private String handshake(String path) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      return client.handshake(path);
    }
  }

  @Test
  void answersOneConnectionTooManyWith503() throws Exception {
    start(2, 0, 0, 0);
    try (RawClient first = counted("/unknown")) {
      try (RawClient second = counted("/known?user=ada")) {
        assertThat(second).isNotNull();
        assertThat(handshake("/unknown"))
            .startsWith("HTTP/1.1 503 ")
            .contains("Retry-After: 10\r\n")
            .contains("Content-Type: application/json\r\n");
        assertThat(server.refused("connections")).isEqualTo(1);
      }
      await().atMost(LONG).until(() -> handshake("/unknown").startsWith("HTTP/1.1 101 "));
      first.send(RawClient.PING, "still there");
      assertThat(first.read()).isEqualTo(new Frame(RawClient.PONG, "still there"));
    }
  }

  @Test
  void answersAUsersConnectionTooManyWith429() throws Exception {
    start(0, 1, 0, 0);
    try (RawClient ada = counted("/known?user=ada");
        RawClient grace = counted("/known?user=grace")) {
      assertThat(ada).isNotSameAs(grace);
      assertThat(handshake("/known?user=ada"))
          .startsWith("HTTP/1.1 429 ")
          .contains("Retry-After: 10\r\n");
      assertThat(server.refused("user")).isEqualTo(1);
    }
    await().atMost(LONG).until(() -> handshake("/known?user=ada").startsWith("HTTP/1.1 101 "));
  }

  @Test
  void closesAUsersConnectionTooManyThatIsToldLater() throws Exception {
    start(0, 1, 0, 0);
    try (RawClient first = counted("/later");
        RawClient second = counted("/later")) {
      first.send(RawClient.TEXT, "ada");
      assertThat(first.read().text()).isEqualTo("true");
      first.send(RawClient.TEXT, "ada");
      assertThat(first.read().text()).isEqualTo("true");
      second.send(RawClient.TEXT, "ada");
      assertThat(second.read())
          .isEqualTo(new Frame(RawClient.CLOSE, "1013 user has too many connections"));
      assertThat(server.refused("user")).isEqualTo(1);
    }
  }

  @Test
  void countsByAddressWhoDoesNotSayWhoItIs() throws Exception {
    start(0, 0, 2, 0);
    try (RawClient first = counted("/later");
        RawClient second = counted("/unknown");
        RawClient known = counted("/known?user=ada")) {
      assertThat(second).isNotSameAs(known);
      assertThat(handshake("/later")).startsWith("HTTP/1.1 429 ").contains("Retry-After: 10\r\n");
      assertThat(server.refused("address")).isEqualTo(1);
      first.send(RawClient.TEXT, "grace");
      assertThat(first.read().text()).isEqualTo("true");
      assertThat(handshake("/later")).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void closesWhoSaysTooMuch() throws Exception {
    start(0, 0, 0, 5);
    try (RawClient client = open("/unknown")) {
      for (int i = 0; i < 3; i++) {
        client.send(RawClient.TEXT, "x");
        client.send(RawClient.PING, "y");
      }
      Frame frame = client.read();
      while (frame.opcode() == RawClient.PONG) {
        frame = client.read();
      }
      assertThat(frame).isEqualTo(new Frame(RawClient.CLOSE, "1008 more than 5 messages a second"));
      assertThat(server.refused("messages")).isEqualTo(1);
    }
  }

  @Test
  void countsAMessageOfManyFramesOnce() throws Exception {
    start(0, 0, 0, 2);
    try (RawClient client = open("/unknown")) {
      client.send(RawClient.TEXT, false, new byte[] {'a'}, 1);
      for (int i = 0; i < 20; i++) {
        client.send(RawClient.CONTINUATION, i == 19, new byte[] {'a'}, 1);
      }
      client.send(RawClient.PING, "all taken");
      assertThat(client.read()).isEqualTo(new Frame(RawClient.PONG, "all taken"));
    }
  }
}
