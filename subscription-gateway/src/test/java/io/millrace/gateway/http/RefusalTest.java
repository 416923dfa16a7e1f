package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a connection whose request is refused before its body has come. */
class RefusalTest {

  private final Semaphore refused = new Semaphore(0);
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1",
            0,
            1_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(4),
            8,
            false);
    Mount mount =
        new Mount(
            "test",
            "/here",
            false,
            Map.of("POST", this::refuse, "GET", exchange -> fine()),
            new ErrorEnvelope());
    server =
        HttpServer.start(config, List.of(mount), new RequestMetrics(new SimpleMeterRegistry()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CompletionStage<Reply> refuse(Exchange exchange) {
    refused.release();
    return CompletableFuture.failedFuture(
        HttpProblem.of(Trouble.UNAUTHENTICATED, "user", "is not known"));
  }

  private static CompletionStage<Reply> fine() {
    return CompletableFuture.completedFuture(Reply.empty(204));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5000\r\n", "Transfer-Encoding: chunked\r\n"})
  void theConnectionIsKept(String length) throws Exception {
    try (Client client = new Client(server.port())) {
      client.send("POST /here HTTP/1.1\r\nHost: test\r\n" + length + "\r\n");
      refused.acquire();
      String body = "x".repeat(5_000);
      boolean chunked = length.startsWith("Transfer");
      client.send(chunked ? "1388\r\n" + body + "\r\n0\r\n\r\n" : body);

      assertThat(client.status()).contains("401");
      client.send("GET /here HTTP/1.1\r\nHost: test\r\n\r\n");
      assertThat(client.status()).contains("204");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /here", "POST /elsewhere"})
  void theConnectionIsKeptWhereNobodyAnswers(String request) throws Exception {
    try (Client client = new Client(server.port())) {
      client.send(request + " HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n");
      client.send("{}GET /here HTTP/1.1\r\nHost: test\r\n\r\n");

      assertThat(client.status()).contains(request.startsWith("PUT") ? "405" : "404");
      assertThat(client.status()).contains("204");
    }
  }

  @Test
  void aBodyWithoutEndIsNotWaitedFor() throws Exception {
    try (Client client = new Client(server.port())) {
      client.send("POST /here HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\n");
      client.send("x".repeat(16_001));

      assertThat(client.status()).contains("401");
      assertThat(client.lastHead).contains("connection: close");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 10\r\n", "Content-Length: 9\r\nExpect: 100-continue\r\n"})
  void aClientIsToldThatTheConnectionEndsWhoDoesNotSendItsBody(String headers) throws Exception {
    try (Client client = new Client(server.port())) {
      client.send("POST /here HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n");

      assertThat(client.status()).contains("401");
      assertThat(client.lastHead).contains("connection: close");
      assertThat(client.in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aRequestWithoutBodyIsRefusedAtOnce() throws Exception {
    try (Client client = new Client(server.port())) {
      client.send("POST /here HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");

      assertThat(client.status()).contains("401");
      assertThat(client.lastHead).doesNotContain("connection: close");
    }
  }

  /** Speaks HTTP as the test says, part by part. */
  private static final class Client implements AutoCloseable {

    final Socket socket;
    final OutputStream out;
    final BufferedReader in;
    String lastHead = "";

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(60_000);
      out = socket.getOutputStream();
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** The status line of the next answer, whose body is read over. */
    String status() throws IOException {
      String status = in.readLine();
      StringBuilder head = new StringBuilder();
      long length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        String lower = line.toLowerCase(Locale.ROOT);
        head.append(lower).append('\n');
        if (lower.startsWith("content-length:")) {
          length = Long.parseLong(lower.substring(15).strip());
        }
      }
      lastHead = head.toString();
      for (long read = 0; read < length; read++) {
        in.read();
      }
      return String.valueOf(status);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
