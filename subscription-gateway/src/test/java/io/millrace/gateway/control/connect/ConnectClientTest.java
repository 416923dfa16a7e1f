package io.millrace.gateway.control.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.gateway.control.connect.ConnectException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectClientTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final FakeConnect connect = FakeConnect.start();
  private final ConnectClient client = client(connect.url());

  @AfterEach
  void stop() {
    connect.close();
  }

  @Test
  void readsWhatWasPut() throws Exception {
    assertThat(client.config("c")).isEmpty();
    assertThat(client.status("c")).isEmpty();
    client.put("c", Map.of("a", "1", "secret", "${file:/x:y}"));
    assertThat(client.config("c")).contains(Map.of("a", "1", "secret", "${file:/x:y}"));
    connect.states("c", "RUNNING", "RUNNING", "FAILED");
    ConnectorStatus status = client.status("c").orElseThrow();
    assertThat(status.failed()).isTrue();
    assertThat(status).hasToString("RUNNING, task 1 FAILED");
    client.delete("c");
    client.delete("c");
    assertThat(connect.connectors()).isEmpty();
  }

  @Test
  void restartsOnlyWhatFailed() throws Exception {
    connect.add("c", Map.of());
    client.restartFailed("c");
    assertThat(connect.changes())
        .containsExactly("POST /connectors/c/restart?includeTasks=true&onlyFailed=true");
  }

  @Test
  void givesUpAnAnswerThatStopsHalfWay() throws Exception {
    try (ServerSocket half = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> asked = CompletableFuture.supplyAsync(() -> answerHalf(half));
      ConnectClient hasty =
          new ConnectClient(
              List.of(URI.create("http://127.0.0.1:" + half.getLocalPort())),
              null,
              Duration.ofMillis(500));
      CompletableFuture<ConnectException> failure =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(ConnectException.class, () -> hasty.config("c")));
      assertThat(failure)
          .succeedsWithin(Duration.ofSeconds(30))
          .extracting(ConnectException::kind)
          .isEqualTo(Kind.UNREACHABLE);
      asked.join().close();
    }
  }

  private static Socket answerHalf(ServerSocket server) {
    try {
      Socket client = server.accept();
      String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
      client.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, REBALANCING",
    "400, REFUSED",
    "401, REFUSED",
    "500, REFUSED",
    "302, REFUSED",
    "502, UNREACHABLE",
    "503, UNREACHABLE",
    "504, UNREACHABLE"
  })
  void tellsWhatAnErrorMeans(int status, Kind kind) {
    connect.failNext(status);
    var e = catchThrowableOfType(ConnectException.class, () -> client.put("c", Map.of()));
    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageContaining(status + ": because of that");
  }

  @Test
  void triesTheNextWorkerAndStaysWithIt() throws Exception {
    try (FakeConnect other = FakeConnect.start()) {
      ConnectClient both = client(connect.url(), other.url());
      connect.failNext(503);
      both.config("c");
      both.config("c");
      assertThat(connect.requests()).hasSize(1);
      assertThat(other.requests()).hasSize(2);
      other.stop();
      both.config("c");
      assertThat(connect.requests()).hasSize(1);
    }
  }

  @Test
  void isUnreachableWhenNobodyAnswers() {
    connect.close();
    var e = catchThrowableOfType(ConnectException.class, () -> client.config("c"));
    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e).hasMessageContaining(connect.url().toString());
  }

  @Test
  void sendsCredentialsUnasked() throws Exception {
    new ConnectClient(List.of(connect.url()), "Basic YWRhOnB3", TIMEOUT).config("c");
    assertThat(connect.authorizations()).containsExactly("Basic YWRhOnB3");
  }

  @Test
  void needsAUrl() {
    assertThatThrownBy(() -> client()).isInstanceOf(IllegalArgumentException.class);
  }

  private static ConnectClient client(URI... workers) {
    return new ConnectClient(List.of(workers), null, TIMEOUT);
  }
}
