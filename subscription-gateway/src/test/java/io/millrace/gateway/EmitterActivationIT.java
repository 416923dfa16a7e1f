package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import io.millrace.model.emitter.Resume.From;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.event.EventRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmitterActivationIT {

  private static final String PATH = "/emitters/definitions";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private static String brokers;
  private static String prefix;
  private static RunningGateway one;
  private static RunningGateway other;
  private static PublicUser ada;
  private static PublicUser adaElsewhere;

  @BeforeAll
  static void start() throws Exception {
    brokers = KafkaFixture.shared().bootstrapServers();
    prefix = KafkaFixture.uniqueName("activation");
    Map<String, String> settings =
        Map.of("auth.users.file", PublicUser.usersFile(folder).toString());
    one = new RunningGateway(brokers, prefix, settings);
    other = new RunningGateway(brokers, prefix, settings);
    ada = new PublicUser(one.gateway.port(), "ada");
    adaElsewhere = new PublicUser(other.gateway.port(), "ada");
    await().atMost(PATIENCE).until(() -> ada.get(PATH).status() == 200);
    await().atMost(PATIENCE).until(() -> adaElsewhere.get(PATH).status() == 200);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  @Test
  void switchesOffAndOn() throws Exception {
    String id = define();
    String path = PATH + "/" + id;
    JsonNode off = ada.post(path + "/disable", "").data().path("status");
    assertThat(off.path("enabled").booleanValue()).isFalse();
    assertThat(off.path("state").textValue()).isEqualTo("DISABLED");
    assertThat(standing(id).activation().generation()).isZero();

    assertThat(ada.post(path + "/enable?from=now", "").status()).isEqualTo(200);
    assertThat(standing(id).activation().generation()).isOne();
    assertThat(standing(id).activation().resume().from()).isEqualTo(From.NOW);

    ada.post(path + "/enable", "{\"from\":\"2026-01-31T10:00:00Z\"}");
    assertThat(standing(id).activation().generation()).isEqualTo(2);
    assertThat(standing(id).activation().resume().time()).isEqualTo("2026-01-31T10:00:00Z");

    ada.post(path + "/enable", "");
    assertThat(standing(id).activation().resume().from()).isEqualTo(From.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/enable          | {\"from\":\"soon\"}                     | from must be failed, now",
        "/enable          | {\"from\":\"2999-01-01T00:00:00Z\"}     | from must not be in the future",
        "/enable          | {\"since\":\"now\"}                     | since is not known here",
        "/enable?from=now | {\"from\":\"failed\"}                   | from says something else",
        "/disable         | {\"from\":\"now\"}                      | from is not known here",
        "/replay          | {}                                      | from is required: a time",
        "/replay          | {\"from\":\"now\"}                      | from must be a time",
        "/replay          | {\"from\":\"2026-01-01T00:00:00Z\",\"filter\":\"a >\"} | filter ",
        "/test            | {\"type\":\"x\"}                        | type is not known here",
      })
  void refuses(String verb, String body, String message) throws Exception {
    Answer refused = ada.post(PATH + "/" + define() + verb, body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages()).singleElement().asString().startsWith(message.strip());
  }

  @Test
  void replaysFromATimeWithAFilter() throws Exception {
    String id = define();
    String body = "{\"from\":\"2026-01-31T10:00:00Z\",\"filter\":\"amount > 3\"}";
    assertThat(ada.post(PATH + "/" + id + "/replay", body).status()).isEqualTo(200);
    assertThat(standing(id).activation().resume().filter()).isEqualTo("amount > 3");
    assertThat(standing(id).activation().generation()).isOne();

    ada.post(PATH + "/" + id + "/disable", "");
    assertThat(ada.post(PATH + "/" + id + "/replay", body).status()).isEqualTo(409);
  }

  @Test
  void anAuditLogDoesNotGoBack() throws Exception {
    String id = define("{\"type\":\"Audit\",\"topics\":[[\"a\"]],\"parameters\":{}}");
    Answer refused = ada.post(PATH + "/" + id + "/replay", "{\"from\":\"2026-01-31T10:00:00Z\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.messages()).singleElement().asString().contains("log never goes back");
    assertThat(standing(id).activation().generation()).isZero();
  }

  @Test
  void tellsWhatTheTasksReport() throws Exception {
    String id = define();
    Failure failure =
        new Failure(7, "e7", 10, Instant.parse("2026-01-31T10:00:00Z"), null, 503, "HTTP 503");
    report(
        new EmitterStatus(
            id, 0, State.DISABLED, 4, failure, 10, Instant.parse("2026-01-31T11:00:00Z")));
    await().atMost(PATIENCE).until(() -> state(id).equals("DISABLED"));
    JsonNode status = ada.get(PATH + "/" + id).data().path("status");
    assertThat(status.path("error").textValue()).isEqualTo("HTTP 503");
    assertThat(status.path("httpStatus").intValue()).isEqualTo(503);
    assertThat(status.path("attempts").intValue()).isEqualTo(10);
    assertThat(status.path("disabledSince").textValue()).isEqualTo("2026-01-31T11:00:00Z");

    // Above the generation that the task has applied, whatever the definition's was.
    ada.post(PATH + "/" + id + "/enable", "");
    assertThat(standing(id).activation().generation()).isEqualTo(5);
    assertThat(state(id)).isEqualTo("STARTING");
  }

  @Test
  void writesATestEventIntoTheEmittersTopic() throws Exception {
    String id = define();
    Answer tested = ada.post(PATH + "/" + id + "/test", "");
    assertThat(tested.status()).isEqualTo(202);
    assertThat(tested.data().path("offset").longValue()).isZero();
    ConsumerRecord<byte[], byte[]> record = records(prefix + ".emitter.webhook." + id).get(0);
    CloudEvent event = EventRecords.read(record.headers(), record.value());
    assertThat(event.getId()).isEqualTo(tested.data().path("id").textValue());
    assertThat(event.getType()).isEqualTo("io.millrace.test");
    assertThat(record.key()).isNotEmpty();
  }

  @Test
  void ofTwoChangesOnTwoGatewaysAtOnceNoneIsLost() throws Exception {
    String path = PATH + "/" + define();
    await().atMost(PATIENCE).until(() -> adaElsewhere.get(path).status() == 200);
    for (int i = 0; i < 10; i++) {
      String filter = "amount > " + i;
      boolean enabled = i % 2 == 1;
      String body =
          """
          {"type":"Webhook","topics":[["a"]],"filter":"%s",
           "parameters":{"url":"http://hooks.example/"}}
          """
              .formatted(filter);
      CompletableFuture<Integer> replaced = status(() -> ada.put(path, body));
      CompletableFuture<Integer> switched =
          status(() -> adaElsewhere.post(path + (enabled ? "/enable" : "/disable"), ""));
      assertThat(List.of(replaced.join(), switched.join())).containsOnly(200);
      for (PublicUser user : List.of(ada, adaElsewhere)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  JsonNode now = user.get(path).data();
                  assertThat(now.path("filter").textValue()).isEqualTo(filter);
                  assertThat(now.at("/status/enabled").booleanValue()).isEqualTo(enabled);
                });
      }
    }
  }

  @Test
  void anotherGatewayKnowsSoonAndAStartedOneAtOnce() throws Exception {
    String id = define();
    await().atMost(PATIENCE).until(() -> adaElsewhere.get(PATH + "/" + id).status() == 200);
    Map<String, String> settings =
        Map.of("auth.users.file", PublicUser.usersFile(folder).toString());
    try (RunningGateway third = new RunningGateway(brokers, prefix, settings)) {
      PublicUser user = new PublicUser(third.gateway.port(), "ada");
      await().atMost(PATIENCE).until(() -> user.get(PATH + "/" + id).status() != 503);
      assertThat(user.get(PATH + "/" + id).status()).isEqualTo(200);
      assertThat(user.delete(PATH + "/" + id).status()).isEqualTo(204);
    }
    await().atMost(PATIENCE).until(() -> ada.get(PATH + "/" + id).status() == 404);
  }

  private static CompletableFuture<Integer> status(Callable<Answer> request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return request.call().status();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static String define() throws Exception {
    return define(
        """
        {"type":"Webhook","topics":[["a"]],"parameters":{"url":"http://hooks.example/"}}
        """);
  }

  private static String define(String definition) throws Exception {
    Answer created = ada.post(PATH, definition);
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    return created.data().path("id").textValue();
  }

  private static String state(String id) throws Exception {
    return ada.get(PATH + "/" + id).data().at("/status/state").textValue();
  }

  private static EmitterDefinition standing(String id) throws Exception {
    Map<String, byte[]> newest = new HashMap<>();
    records(prefix + ".emitters")
        .forEach(each -> newest.put(new String(each.key(), StandardCharsets.UTF_8), each.value()));
    return DefinitionJson.read(id, newest.get(id));
  }

  private static void report(EmitterStatus status) throws Exception {
    var serializer = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", brokers), serializer, serializer)) {
      producer
          .send(
              new ProducerRecord<>(
                  prefix + ".emitter-status",
                  status.key().getBytes(StandardCharsets.UTF_8),
                  StatusJson.write(status)))
          .get();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    var deserializer = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", brokers), deserializer, deserializer)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      }
    }
    return records;
  }
}
