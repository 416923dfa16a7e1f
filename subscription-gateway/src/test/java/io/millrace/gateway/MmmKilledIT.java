package io.millrace.gateway;

import static io.millrace.gateway.MmmUser.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that is killed while it delivers, and one that takes its place. */
class MmmKilledIT {

  private static final int EVENTS = 3_000;
  private static final String ARGUMENTS =
      "entityType: \"killed\", chunkSize: 10, chunkMaxDelay: 50, ackLimit: ";

  private final String brokers = KafkaFixture.shared().bootstrapServers();
  private final String prefix = KafkaFixture.uniqueName("mmmkilled");
  private final String id = newId();
  private final List<Long> delivered = new ArrayList<>();
  private long answered;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void nothingIsLostAndNothingAcknowledgedComesAgain(int acknowledgedChunks) throws Exception {
    int port = freePort();
    Process doomed = start(port);
    try {
      MmmUser user = user(port);
      user.raise("killed", 1, EVENTS);
      try (MmmSocket socket = user.follow(id, ARGUMENTS + EVENTS / 2 + ", lastEventId: 0")) {
        for (int chunk = 1; delivered.size() < EVENTS / 3; chunk++) {
          List<JsonNode> events = socket.chunk();
          events.forEach(event -> delivered.add(event.path("id").longValue()));
          if (acknowledgedChunks > 0 && chunk % acknowledgedChunks == 0) {
            long last = delivered.get(delivered.size() - 1);
            assertThat(user.acknowledge(id, last).path("errors").isMissingNode()).isTrue();
            answered = last;
          }
        }
        doomed.destroyForcibly();
        drain(socket);
      }
    } finally {
      doomed.destroyForcibly().waitFor();
    }
    assertThat(delivered).isEqualTo(LongStream.rangeClosed(1, delivered.size()).boxed().toList());
    assertThat(delivered).hasSizeLessThan(EVENTS);
    try (RunningGateway next = new RunningGateway(brokers, prefix, Map.of())) {
      MmmUser user = user(next.gateway.port());
      try (MmmSocket socket = user.follow(id, ARGUMENTS + EVENTS)) {
        List<JsonNode> rest = socket.take((int) (EVENTS - answered));
        assertThat(rest)
            .extracting(event -> event.path("id").longValue())
            .isEqualTo(LongStream.rangeClosed(answered + 1, EVENTS).boxed().toList());
        assertThat(user.state(id)).isEqualTo((EVENTS - answered) + " ACTIVE");
      }
    }
  }

  /** What was on its way when the gateway was killed. */
  private void drain(MmmSocket socket) throws InterruptedException {
    try {
      while (true) {
        socket.chunk().forEach(event -> delivered.add(event.path("id").longValue()));
      }
    } catch (MmmSocket.OtherwiseException closed) {
      assertThat(closed).hasMessageContaining("closed");
    }
  }

  private static MmmUser user(int port) {
    return new MmmUser(port, RunningGateway.basic("admin", "admin"));
  }

  private Process start(int port) throws IOException {
    Properties settings = new Properties();
    settings.putAll(
        RunningGateway.settings(
            brokers, prefix, Map.of("http.port", "" + port, "management.port", "-1")));
    StringWriter text = new StringWriter();
    settings.store(text, null);
    Path file = Files.writeString(folder.resolve("gateway.properties"), text.toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName(),
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("gateway.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              assertThat(process.isAlive()).as(() -> log()).isTrue();
              new Socket("127.0.0.1", port).close();
            });
    return process;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("gateway.log"));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
