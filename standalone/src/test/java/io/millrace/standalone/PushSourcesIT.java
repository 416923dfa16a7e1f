package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events go round: in by HTTP on one Millrace, out by its WebSockets, and into another. */
@Timeout(300)
class PushSourcesIT {

  private static final String TOKEN = "a-token-for-foundry";
  private static final String GAP = "io.millrace.source.connection.gap";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  @TempDir private static Path folder;
  private static StandaloneProcess from;
  private static StandaloneProcess to;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    String hash =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(TOKEN.getBytes(UTF_8)));
    Path users = folder.resolve("users.yaml");
    Files.writeString(
        users,
        """
        users: []
        tokens:
          - {name: feeder, sha256: %s, roles: [admin, publisher]}
        """
            .formatted(hash));
    Path config = folder.resolve("from.properties");
    Files.writeString(config, "gateway.auth.users.file=" + users + "\n");
    from = StandaloneProcess.start("up", folder.resolve("from"), "--config", config.toString());
    to = StandaloneProcess.start("up", folder.resolve("to"));
  }

  @AfterAll
  static void stop() {
    from.close();
    to.close();
  }

  @Test
  void foundrysEventsComeRoundAlsoThoseOfTheTimeAway() throws Exception {
    connect("foundry", "Foundry", "/services/ServerEvents/Stream", "transaction");
    publishesUntilHeard("foundry", () -> publishToFoundry("first"), "first");
    change("foundry", "stop");
    publishToFoundry("while away");
    change("foundry", "resume");

    List<CloudEvent> events = until("foundry", "while away");
    CloudEvent last = events.get(events.size() - 1);
    assertThat(last.getType()).isEqualTo("ServerEvent");
    assertThat(last.getExtension("topicpath")).isEqualTo("transaction/deposit");
    assertThat(events).extracting(CloudEvent::getType).containsOnlyOnce(GAP);
    assertThat(events).extracting(CloudEvent::getId).doesNotHaveDuplicates();
  }

  @Test
  void desEventsComeRoundAlsoThoseOfTheTimeAwayWithoutAGap() throws Exception {
    connect("des", "Des", "/events", "service");
    publishesUntilHeard("des", () -> publishToDes("first"), "first");
    change("des", "stop");
    publishToDes("while away");
    change("des", "resume");

    List<CloudEvent> events = until("des", "while away");
    CloudEvent last = events.get(events.size() - 1);
    assertThat(last.getType()).isEqualTo("Executed");
    assertThat(last.getSource()).hasToString("shop");
    assertThat(last.getExtension("topicpath")).isEqualTo("service/production");
    assertThat(last.getExtensionNames()).doesNotContain("streamposition");
    assertThat(events).extracting(CloudEvent::getType).doesNotContain(GAP);
    assertThat(events).extracting(CloudEvent::getId).doesNotHaveDuplicates();
  }

  private void connect(String name, String vendor, String path, String topic) throws Exception {
    Path secrets = folder.resolve("secrets.properties");
    Files.writeString(secrets, "token=" + TOKEN + "\n");
    String body =
        """
        {"connector.class": "io.millrace.source.%s.%sSourceConnector",
         "key.converter": "%s", "value.converter": "%s", "header.converter": "%s",
         "stream": "%s", "url": "%s", "topic.paths": "%s",
         "identity.type": "bearer", "identity.token": "${file:%s:token}"}
        """
            .formatted(
                name,
                vendor,
                BYTES,
                BYTES,
                BYTES,
                name,
                from.gateway().resolve(path),
                topic,
                secrets);
    eventually("connector " + name)
        .until(
            () ->
                send(HttpRequest.newBuilder(to.connect().resolve("/connectors/" + name + "/config"))
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString(body)))
                        .statusCode()
                    == 201);
  }

  private void change(String name, String state) throws Exception {
    URI uri = to.connect().resolve("/connectors/" + name + "/" + state);
    assertThat(send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.noBody())).statusCode())
        .isIn(202, 204);
    eventually(name + " " + state)
        .until(
            () ->
                send(HttpRequest.newBuilder(
                        to.connect().resolve("/connectors/" + name + "/status")))
                    .body()
                    .contains(state.equals("stop") ? "\"tasks\":[]" : "\"tasks\":[{"));
  }

  private boolean publishToFoundry(String what) throws Exception {
    return publish(
        HttpRequest.newBuilder(from.gateway().resolve("/services/ServerEvents"))
            .header("X-VoltMX-Authorization", TOKEN)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"events\":[{\"topic\":\"transaction/deposit\",\"data\":\"%s\"}]}"
                        .formatted(what))));
  }

  private boolean publishToDes(String what) throws Exception {
    return publish(
        HttpRequest.newBuilder(from.gateway().resolve("/events"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("ce-specversion", "1.0")
            .header("ce-id", UUID.randomUUID().toString())
            .header("ce-source", "shop")
            .header("ce-type", "Executed")
            .header("ce-topicpath", "service/production")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("\"" + what + "\"")));
  }

  private boolean publish(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return true;
  }

  /** A connector that runs need not listen yet. */
  private void publishesUntilHeard(String stream, Callable<Boolean> publish, String what) {
    eventually(what + " in " + stream)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> publish.call() && contains(read(stream), what));
  }

  private static List<CloudEvent> until(String stream, String what) {
    List<CloudEvent> events = new ArrayList<>();
    eventually(what + " in " + stream)
        .until(
            () -> {
              events.clear();
              events.addAll(read(stream));
              return contains(events, what);
            });
    return events;
  }

  private static boolean contains(List<CloudEvent> events, String what) {
    return events.stream()
        .filter(event -> event.getData() != null)
        .map(event -> new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8))
        .anyMatch(data -> data.equals("\"" + what + "\""));
  }

  private static List<CloudEvent> read(String stream) throws UnreadableEventException {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(Map.of("bootstrap.servers", to.kafka()), bytes, bytes)) {
      TopicPartition partition = new TopicPartition("millrace.stream." + stream, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<CloudEvent> events = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
          events.add(EventRecords.read(each.headers(), each.value()));
        }
      }
      return events;
    }
  }

  private static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofMinutes(2)).ignoreNoExceptions();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
