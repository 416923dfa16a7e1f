package io.millrace.emitter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.PluginFormats;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.SecureKafka;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a second broker that wants TLS and a password. */
class KafkaEmitterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static SecureKafka kafka;

  @BeforeAll
  static void start() {
    PluginFormats.load();
    kafka = SecureKafka.start(folder, Map.of("message.max.bytes", "100000"));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void writesEventsAsTheEmittersUserThatAnyReaderOfCloudEventsUnderstands() throws Exception {
    String topic = topic();
    CloudEvent event = Events.event("7", "{\"customer\":\"ann\"}");
    try (KafkaOutlet outlet = outlet(SecureKafka.OWNER, SecureKafka.PASSWORD)) {
      Emitter emitter = emitter(outlet, topic, Map.of("keyExpression", "customer"));
      assertThat(emit(emitter, event)).isEqualTo(Outcome.DELIVERED);
    }
    ConsumerRecord<byte[], byte[]> record = read(topic, 1).get(0);
    assertThat(record.key()).isEqualTo("ann".getBytes(UTF_8));
    assertThat(EventRecords.read(record.headers(), record.value())).isEqualTo(event);
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (KafkaOutlet outlet = outlet(SecureKafka.OWNER, "another")) {
      Emitter emitter = emitter(outlet, topic(), Map.of());
      for (int attempt = 1; attempt <= 2; attempt++) {
        assertThat(emit(emitter, Events.event("1", "{}")))
            .isInstanceOfSatisfying(
                Outcome.Refused.class,
                refused ->
                    assertThat(refused.cause()).startsWith("the brokers refuse the identity: "));
      }
    }
  }

  @Test
  void aUserWithoutRightsIsRefused() throws Exception {
    String topic = topic();
    try (KafkaOutlet outlet = outlet(SecureKafka.STRANGER, SecureKafka.PASSWORD)) {
      assertThat(emit(emitter(outlet, topic, Map.of()), Events.event("1", "{}")))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.cause())
                      .startsWith("the identity must not write to the topic " + topic));
    }
  }

  @Test
  void aTopicThatIsNotThereIsRefusedUntilItIs() throws Exception {
    String topic = KafkaFixture.uniqueName("late");
    try (KafkaOutlet outlet = outlet(SecureKafka.OWNER, SecureKafka.PASSWORD)) {
      Emitter emitter = emitter(outlet, topic, Map.of());
      assertThat(emit(emitter, Events.event("1", "{}")))
          .isEqualTo(
              new Outcome.Refused("the topic " + topic + " does not exist on these brokers", null));
      create(topic);
      await()
          .atMost(PATIENCE)
          .until(() -> emit(emitter, Events.event("1", "{}")).equals(Outcome.DELIVERED));
    }
  }

  @Test
  void aRecordThatTheBrokerFindsTooLargeIsRejectedAndTheNextOneGoesOn() throws Exception {
    String topic = topic();
    try (KafkaOutlet outlet = outlet(SecureKafka.OWNER, SecureKafka.PASSWORD)) {
      Emitter emitter = emitter(outlet, topic, Map.of());
      assertThat(emit(emitter, Events.event("1", "\"" + "x".repeat(200_000) + "\"")))
          .isEqualTo(Outcome.rejected("the record is larger than the topic " + topic + " takes"));
      assertThat(emit(emitter, Events.event("2", "{}"))).isEqualTo(Outcome.DELIVERED);
    }
  }

  @Test
  void aBrokerThatIsDownIsTriedAgainAndNeverWaitedFor() throws Exception {
    String topic = topic();
    try (KafkaOutlet outlet = outlet(SecureKafka.OWNER, SecureKafka.PASSWORD)) {
      Emitter emitter = emitter(outlet, topic, Map.of());
      assertThat(emit(emitter, Events.event("1", "{}"))).isEqualTo(Outcome.DELIVERED);
      kafka.stop();
      CompletableFuture<Outcome> known = begin(emitter, Events.event("2", "{}"));
      CompletableFuture<Outcome> unknown =
          begin(emitter(outlet, "other", Map.of()), Events.event("3", "{}"));
      assertThat(known.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Retry.class);
      assertThat(unknown.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Retry.class);
      kafka.restart();
      await()
          .atMost(PATIENCE)
          .until(() -> emit(emitter, Events.event("2", "{}")).equals(Outcome.DELIVERED));
    }
    assertThat(read(topic, 2))
        .extracting(record -> new String(record.headers().lastHeader("ce_id").value(), UTF_8))
        .startsWith("1", "2");
  }

  private static KafkaOutlet outlet(String user, String password) {
    Map<String, String> props = new HashMap<>();
    kafka.trust().forEach((key, value) -> props.put("producer." + key, value));
    props.put("producer.delivery.timeout.ms", "3000");
    props.put("producer.request.timeout.ms", "1000");
    props.put("producer.linger.ms", "0");
    props.put("topic.metadata.wait.ms", "2000");
    props.put("identity.type", "saslPlain");
    props.put("identity.username", user);
    props.put("identity.password", password);
    return KafkaOutlet.open(
        new KafkaConfig(props), EmitterIdentities.open(props, Clock.systemUTC()));
  }

  private static Emitter emitter(KafkaOutlet outlet, String topic, Map<String, String> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("brokers", kafka.bootstrapServers());
    parameters.put("topic", topic);
    return outlet.open(
        new EmitterSpec("e", null, null, Events.parameters(EmitterType.KAFKA, parameters)));
  }

  private static Outcome emit(Emitter emitter, CloudEvent event) throws Exception {
    return begin(emitter, event).get(60, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Outcome> begin(Emitter emitter, CloudEvent event) {
    TopicPartition partition = new TopicPartition("source", 0);
    return emitter
        .emit(List.of(new Emission("e", partition, 0, null, event)))
        .toCompletableFuture();
  }

  private static String topic() throws Exception {
    String topic = KafkaFixture.uniqueName("out");
    create(topic);
    return topic;
  }

  private static void create(String topic) throws Exception {
    try (Admin admin = kafka.admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(kafka.ownersClient(), bytes, bytes)) {
      List<TopicPartition> all = List.of(new TopicPartition(topic, 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }
}
