package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events go round: in by HTTP on one Millrace, and by the source connector into another. */
@Timeout(300)
class MmmSourceIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String SUBSCRIPTION = "ae92c852-43a7-4942-b274-29aa252c205b";
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"graphql-transport-ws", "graphql-ws"})
  void eventsOfOneMillraceAreInAnotherAndAcknowledged(String subprotocol) throws Exception {
    try (StandaloneProcess from = StandaloneProcess.start("up", folder.resolve("from"));
        StandaloneProcess to = StandaloneProcess.start("up", folder.resolve("to"))) {
      publish(from.gateway(), 1);
      connect(to.connect(), from.gateway(), subprotocol);
      publish(from.gateway(), 2);
      List<ConsumerRecord<String, String>> records = read(to.kafka(), 2);
      assertThat(records)
          .extracting(ConsumerRecord::value)
          .containsExactly(
              "{\"entityId\":\"e1\",\"entityType\":\"term\",\"entityStatus\":\"UPDATED\"}",
              "{\"entityId\":\"e2\",\"entityType\":\"term\",\"entityStatus\":\"UPDATED\"}");
      assertThat(records).extracting(ConsumerRecord::key).containsExactly("e1", "e2");
      assertThat(header(records.get(1), "ce_type")).isEqualTo("mmm.entity.updated");
      assertThat(header(records.get(1), "ce_topicpath")).isEqualTo("mmm/term");
      assertThat(header(records.get(1), "ce_time")).isEqualTo("2026-01-31T10:00:02Z");
      await("acknowledgement")
          .atMost(SOON)
          .until(() -> undelivered(from.gateway()).equals("0 ACTIVE"));
    }
  }

  private void publish(URI gateway, int number) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve("/events/mmm/term"))
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", Integer.toString(number))
            .header("ce-source", "shop")
            .header("ce-type", "any")
            .header("ce-time", "2026-01-31T10:00:0%dZ".formatted(number))
            .POST(
                BodyPublishers.ofString(
                    "{\"entityId\":\"e%d\",\"entityType\":\"term\",\"entityStatus\":\"UPDATED\"}"
                        .formatted(number)));
    send(request);
  }

  private void connect(URI worker, URI mmm, String subprotocol) throws Exception {
    String config =
        """
        {"connector.class": "io.millrace.source.mmm.MmmSourceConnector",
         "key.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "header.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "stream": "mmm", "topic.creation.default.partitions": "1",
         "topic.creation.default.replication.factor": "-1", "url": "%s",
         "identity.type": "basic", "identity.username": "admin", "identity.password": "admin",
         "subscription.id": "%s", "start.after": "0", "subprotocol": "%s"}
        """
            .formatted(mmm, SUBSCRIPTION, subprotocol);
    send(
        HttpRequest.newBuilder(worker.resolve("/connectors/mmm/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(config)));
  }

  private String undelivered(URI gateway) throws Exception {
    String query =
        """
        {"query": "{ _externalEventsSubscriptionStatus(subscriptionId: \\"%s\\") { undeliveredEventCount status } }"}
        """
            .formatted(SUBSCRIPTION);
    String answer =
        send(
            HttpRequest.newBuilder(gateway.resolve("/graphql"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(query)));
    JsonNode status = JSON.readTree(answer).at("/data/_externalEventsSubscriptionStatus");
    return status.path("undeliveredEventCount").asText() + " " + status.path("status").asText();
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.header("Authorization", ADMIN).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  private static List<ConsumerRecord<String, String>> read(String kafka, int count) {
    StringDeserializer text = new StringDeserializer();
    try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", kafka), text, text)) {
      TopicPartition log = new TopicPartition("millrace.stream.mmm", 0);
      consumer.assign(List.of(log));
      consumer.seekToBeginning(List.of(log));
      List<ConsumerRecord<String, String>> records = new ArrayList<>();
      await("events on the other side")
          .atMost(SOON)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
