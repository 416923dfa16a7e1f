package io.millrace.gateway;

import static io.millrace.gateway.MmmUser.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.NodeProject;
import io.millrace.fixtures.Python;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote, and one by the steps of the vendor's document. */
class MmmClientsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static RunningGateway gateway;
  private static MmmUser admin;
  private static NodeProject node;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(), KafkaFixture.uniqueName("mmm"), Map.of());
    admin = new MmmUser(gateway.gateway.port(), RunningGateway.basic("admin", "admin"));
    node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql-ws", "subscriptions-transport-ws"})
  void aClientGetsAndAcknowledgesAll(String library) throws Exception {
    String id = newId();
    admin.raise(library, 1, 95);
    try (NodeClient client = NodeClient.start(node, library, id, "0", true)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> admin.state(id).equals("0 ACTIVE") && client.events().size() >= 95);
      List<Long> ids = client.events();
      assertThat(ids)
          .isEqualTo(LongStream.range(ids.get(0), ids.get(0) + ids.size()).boxed().toList());
      assertThat(client.chunks()).allMatch(size -> size >= 1 && size <= 10);
      assertThat(admin.unsubscribe(id).path("errors").isMissingNode()).isTrue();
      client.awaitLine("E", "The subscription was removed.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql-ws", "subscriptions-transport-ws"})
  void theOlderClientIsToldWhy(String library) throws Exception {
    String id = newId();
    try (NodeClient older = NodeClient.start(node, library, id, "0", false)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> admin.state(id).endsWith(" ACTIVE"));
      try (NodeClient newer = NodeClient.start(node, library, id, "0", false)) {
        older.awaitLine("E", "A newer client has taken over the subscription.");
        admin.raise(library, 1, 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> !newer.events().isEmpty());
      }
    }
  }

  @Test
  void theClientOfTheDocumentWorks() throws Exception {
    String python = Python.with("aiohttp, websockets").orElse(null);
    assumeThat(python).as("a Python with aiohttp and websockets").isNotNull();
    String id = newId();
    Process process =
        new ProcessBuilder(
                python,
                "src/test/python/mmm_client.py",
                "127.0.0.1:" + gateway.gateway.port(),
                id,
                "admin",
                "admin",
                "10",
                "25")
            .redirectErrorStream(true)
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> admin.state(id).equals("0 ACTIVE"));
      admin.raise("python", 1, 25);
      List<String> lines = process.inputReader().lines().toList();
      assertThat(lines.get(0)).contains("'status': 'NOT_FOUND'");
      assertThat(lines).filteredOn(line -> line.startsWith("acknowledged")).hasSizeBetween(2, 3);
      assertThat(lines.get(lines.size() - 3)).contains("'undeliveredEventCount': 0");
      assertThat(lines.get(lines.size() - 2)).contains("'_unsubscribeExternalEvents': True");
      assertThat(lines.get(lines.size() - 1)).contains("'status': 'NOT_FOUND'");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The script {@code mmm-client.mjs}, as it runs. */
  private static final class NodeClient implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new ArrayList<>();

    private NodeClient(Process process) {
      this.process = process;
      Thread reader =
          new Thread(
              () ->
                  process
                      .inputReader()
                      .lines()
                      .forEach(
                          line -> {
                            synchronized (lines) {
                              lines.add(line);
                            }
                          }));
      reader.setDaemon(true);
      reader.start();
    }

    static NodeClient start(
        NodeProject node, String library, String id, String lastEventId, boolean ack)
        throws Exception {
      Map<String, String> variables =
          Map.of("id", id, "ackLimit", "30", "lastEventId", lastEventId, "chunkSize", "10");
      String url = "ws://127.0.0.1:" + gateway.gateway.port() + "/subscriptions";
      List<String> arguments =
          new ArrayList<>(List.of(library, url, "admin:admin", JSON.writeValueAsString(variables)));
      if (ack) {
        arguments.add("ack");
      }
      return new NodeClient(node.start("mmm-client.mjs", arguments));
    }

    private List<String> lines() {
      synchronized (lines) {
        return List.copyOf(lines);
      }
    }

    private List<JsonNode> results() throws IOException {
      List<JsonNode> results = new ArrayList<>();
      for (String line : lines()) {
        if (line.startsWith("N ")) {
          results.add(JSON.readTree(line.substring(2)).at("/data/_externalEvents/events"));
        }
      }
      return results;
    }

    List<Long> events() throws IOException {
      List<Long> ids = new ArrayList<>();
      results().forEach(events -> events.forEach(event -> ids.add(event.path("id").longValue())));
      return ids;
    }

    List<Integer> chunks() throws IOException {
      return results().stream().map(JsonNode::size).toList();
    }

    void awaitLine(String kind, String text) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(lines())
                      .anyMatch(line -> line.startsWith(kind + " ") && line.contains(text)));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
