package io.millrace.gateway;

import static io.millrace.gateway.DesClient.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.NodeProject;
import io.millrace.model.kafka.MillraceTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients of DES's WebSocket that come back, and clients that read slowly. */
class DesResumeIT {

  private static final String TOPICS = "topics=" + encoded("[[service],[other]]");
  private static final String BROKERS = KafkaFixture.shared().bootstrapServers();

  private static NodeProject node;

  @BeforeAll
  static void install() throws Exception {
    node = DesClient.scripts();
  }

  private static RunningGateway gateway(String prefix, Map<String, String> more) throws Exception {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("stream.partitions", "3");
    settings.put("ingest.max.in.flight.bytes", "67108864");
    return new RunningGateway(BROKERS, prefix, settings);
  }

  private static void publish(RunningGateway to, int from, int until) throws Exception {
    publish(to, from, until, "");
  }

  /** To two streams and several partitions. */
  private static void publish(RunningGateway to, int from, int until, String filling)
      throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = from; i < until; i++) {
      events.add(
          ("{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/des\",\"type\":\"A\","
                  + "\"subject\":\"s%d\",\"topicpath\":\"%s\",\"data\":{\"text\":\"%s\"}}")
              .formatted(i, i % 5, i % 3 == 0 ? "other" : "service", filling));
    }
    var request =
        to.post("/events", "[" + String.join(",", events) + "]")
            .setHeader("Content-Type", "application/cloudevents-batch+json");
    assertThat(to.send(request).statusCode()).isEqualTo(200);
  }

  /** What a client remembers: for each place the newest position. */
  private static final class Memory {

    private final Map<String, String> positions = new TreeMap<>();
    private final List<Integer> ids = new ArrayList<>();

    void hear(List<JsonNode> lines) {
      for (JsonNode line : lines) {
        JsonNode message = line.path("message");
        for (String each : message.path("streamposition").asText().split(",", -1)) {
          positions.put(each.substring(0, Math.max(0, each.lastIndexOf(':'))), each);
        }
        if (message.path("type").asText().equals("A")) {
          ids.add(message.path("id").asInt());
        }
      }
    }

    String query() {
      positions.remove("");
      return TOPICS + "&clientId=c&after=" + encoded(String.join(",", positions.values()));
    }
  }

  private static void awaitEvents(DesClient client, int count) {
    await()
        .alias("events of " + count)
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.messages("A").size() >= count);
  }

  @Test
  void whoComesBackAfterARestartMissesNothingAndGetsNothingTwice() throws Exception {
    String prefix = KafkaFixture.uniqueName("des");
    Memory memory = new Memory();
    try (RunningGateway first = gateway(prefix, Map.of());
        DesClient client = DesClient.open(node, first, TOPICS)) {
      client.message("WebSessionStarted");
      publish(first, 0, 40);
      awaitEvents(client, 40);
      client.say("!close");
      client.line(each -> each.has("close"));
      memory.hear(client.lines());
      publish(first, 40, 90);
    }
    try (RunningGateway second = gateway(prefix, Map.of())) {
      publish(second, 90, 100);
      try (DesClient client = DesClient.open(node, second, memory.query())) {
        awaitEvents(client, 60);
        publish(second, 100, 110);
        awaitEvents(client, 70);
        memory.hear(client.lines());
      }
      assertThat(memory.ids).hasSize(110).doesNotHaveDuplicates();
      assertThat(memory.ids).allMatch(id -> id >= 0 && id < 110);
    }
  }

  @Test
  void aPongTellsThePositionToo() throws Exception {
    try (RunningGateway gateway = gateway(KafkaFixture.uniqueName("des"), Map.of());
        DesClient client = DesClient.open(node, gateway, TOPICS)) {
      client.message("WebSessionStarted");
      publish(gateway, 0, 10);
      awaitEvents(client, 10);
      client.say("{\"type\":\"ping\"}");
      String position = client.message("pong").path("data").path("position").asText();
      publish(gateway, 10, 15);
      String query = TOPICS + "&after=" + encoded(position);
      try (DesClient back = DesClient.open(node, gateway, query)) {
        awaitEvents(back, 5);
        publish(gateway, 15, 16);
        awaitEvents(back, 6);
        assertThat(back.messages("A")).allMatch(event -> event.path("id").asInt() >= 10);
        assertThat(back.messages("A")).hasSize(6);
      }
    }
  }

  @Test
  void whatIsGoneIsTold() throws Exception {
    String prefix = KafkaFixture.uniqueName("des");
    try (RunningGateway gateway = gateway(prefix, Map.of("live.head.bytes", "65536"))) {
      publish(gateway, 0, 30);
      TopicPartition partition = new TopicPartition(new MillraceTopics(prefix).stream("events"), 0);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKERS))) {
        var end = Map.of(partition, RecordsToDelete.beforeOffset(-1));
        admin.deleteRecords(end).all().get();
      }
      String query = TOPICS + "&after=" + encoded("events:0:0,events:1:0,old:3:7,des:0:99999");
      try (DesClient client = DesClient.open(node, gateway, query)) {
        JsonNode gone = gap(client, "events:0");
        assertThat(gone.path("reason").asText()).isEqualTo("gone");
        assertThat(gone.path("first").asInt()).isEqualTo(1);
        assertThat(gap(client, "des:0").path("reason").asText()).isEqualTo("replaced");
        JsonNode unknown = gap(client, "old:3");
        assertThat(unknown.path("reason").asText()).isEqualTo("unknown");
        assertThat(unknown.path("first").asInt()).isEqualTo(8);
      }
    }
  }

  private static JsonNode gap(DesClient client, String place) {
    return client
        .line(each -> each.path("message").path("data").path("place").asText().equals(place))
        .path("message")
        .path("data");
  }

  @Test
  void aSlowReaderCatchesUpAndDelaysNobody() throws Exception {
    slow(
        "catch-up",
        (client, count) -> {
          client.say("!resume");
          awaitEvents(client, count);
          assertThat(client.messages("A").stream().map(each -> each.path("id").asInt()).distinct())
              .hasSize(count);
        });
  }

  @Test
  void aSlowReaderCanBeToldWhatItHasMissed() throws Exception {
    slow(
        "gap",
        (client, count) -> {
          client.say("!resume");
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> client.messages("A").size() + missed(client) == count);
          assertThat(missed(client)).isPositive();
        });
  }

  private static int missed(DesClient client) {
    return client.messages("WebSessionGap").stream()
        .mapToInt(each -> each.path("data").path("events").asInt())
        .sum();
  }

  @Test
  void aSlowReaderCanBeSentAway() throws Exception {
    slow(
        "close",
        (client, count) -> {
          client.say("!resume");
          assertThat(client.line(each -> each.has("close")).path("close").asInt()).isEqualTo(1008);
        });
  }

  private interface Then {
    void check(DesClient slow, int count) throws IOException;
  }

  private static void slow(String policy, Then then) throws Exception {
    Map<String, String> settings =
        Map.of(
            "live.slow.sessions",
            policy,
            "live.head.bytes",
            "65536",
            "websocket.max.queued.bytes",
            "65536",
            "websocket.close.timeout.ms",
            "60000");
    int count = 0;
    try (RunningGateway gateway = gateway(KafkaFixture.uniqueName("des"), settings);
        DesClient slow = DesClient.open(node, gateway, TOPICS);
        DesClient quick = DesClient.open(node, gateway, TOPICS)) {
      slow.message("WebSessionStarted");
      quick.message("WebSessionStarted");
      slow.say("!pause");
      String filling = "x".repeat(20_000);
      // More than what the operating system buffers for a socket, on both sides.
      while (gateway.registry.counter("millrace.gateway.live.slow", "outcome", policy).count() == 0
          && gateway.registry.counter("millrace.gateway.live.missed").count() == 0) {
        publish(gateway, count, count + 30, filling);
        count += 30;
        awaitEvents(quick, count);
      }
      publish(gateway, count, count + 30, filling);
      count += 30;
      awaitEvents(quick, count);
      then.check(slow, count);
    }
  }
}
