package io.millrace.gateway;

import static io.millrace.gateway.RunningGateway.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.kafka.MillraceTopics;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that do not take what they asked for. */
class AuditSlowClientIT {

  private static final int ENTRIES = 30_000;
  private static final String BROKERS = KafkaFixture.shared().bootstrapServers();
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings =
        Map.of(
            "audit.max.downloads", "3",
            "audit.threads", "1",
            "http.threads", "8",
            "http.idle.timeout.ms", "3000");
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("audit-slow"));
    gateway = new RunningGateway(BROKERS, topics.prefix(), settings);
    try (AuditLog log = new AuditLog(BROKERS, topics, "big", false)) {
      String event = "{\"id\":\"1\",\"data\":\"" + "x".repeat(1_000) + "\"}";
      for (int i = 0; i < ENTRIES; i++) {
        log.record(i, event);
      }
      log.define("admin", "{}");
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> download("?from=2100-01-01") == 200);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void stalledClientsHoldNoThreadAndAreDroppedInTheEnd() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        stalled.add(placed());
      }
      assertThat(lines()).as("with one thread for all").isEqualTo(ENTRIES);
      stalled.add(placed());
      await("places of the stalled")
          .atMost(Duration.ofSeconds(60))
          .until(() -> download("") == 200);
      assertThat(readToEnd(stalled.get(0))).as("cut off").doesNotEndWith("0\r\n\r\n");
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void clientsThatGoAwayLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 10; i++) {
      placed().close();
    }
    await("all places").atMost(Duration.ofSeconds(60)).until(() -> download("") == 200);
  }

  /** As {@link #begin}, once a client before it has left: a place is free only after its answer. */
  private static Socket placed() {
    return await("a place")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsMatching(full -> full instanceof PlacesTaken)
        .until(AuditSlowClientIT::begin, Objects::nonNull);
  }

  /** A client that has read the head of the answer, and a little of the body. */
  private static Socket begin() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", gateway.gateway.port()));
    String request =
        """
        GET /publicapi/emitters/audit/big HTTP/1.1\r
        Host: localhost\r
        Authorization: %s\r
        \r
        """
            .formatted(basic("admin", "admin"));
    socket.getOutputStream().write(request.getBytes(UTF_8));
    String head = new String(socket.getInputStream().readNBytes(15), UTF_8);
    if (!head.equals("HTTP/1.1 200 OK")) {
      socket.close();
      throw new PlacesTaken(head);
    }
    return socket;
  }

  private static String readToEnd(Socket socket) {
    String end = "";
    try {
      InputStream in = socket.getInputStream();
      for (byte[] some = in.readNBytes(65_536); some.length > 0; some = in.readNBytes(65_536)) {
        end = new String(some, UTF_8);
      }
    } catch (IOException e) {
      return "reset";
    }
    return end;
  }

  private static int download(String query) throws Exception {
    HttpResponse<Void> answer =
        gateway
            .client()
            .send(
                gateway
                    .to("/publicapi/emitters/audit/big" + query)
                    .header("Authorization", basic("admin", "admin"))
                    .build(),
                BodyHandlers.discarding());
    return answer.statusCode();
  }

  private static long lines() throws Exception {
    return gateway
        .client()
        .send(
            gateway
                .to("/publicapi/emitters/audit/big")
                .header("Authorization", basic("admin", "admin"))
                .header("Accept", "application/x-ndjson")
                .build(),
            BodyHandlers.ofLines())
        .body()
        .count();
  }

  private static final class PlacesTaken extends IOException {

    private static final long serialVersionUID = 1;

    PlacesTaken(String head) {
      super(head);
    }
  }
}
