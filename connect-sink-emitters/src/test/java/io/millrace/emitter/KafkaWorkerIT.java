package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.event;
import static io.millrace.emitter.EmitterWorker.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.emitter.kafka.KafkaEmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.SecureKafka;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka emitters in a real worker, writing to a second cluster that wants TLS and passwords. */
class KafkaWorkerIT {

  @TempDir private static Path plugins;
  @TempDir private static Path certificates;
  @TempDir private static Path identities;
  private static EmitterWorker worker;
  private static SecureKafka other;

  @BeforeAll
  static void start() throws Exception {
    other = SecureKafka.start(certificates);
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
    other.close();
  }

  @Test
  void directModeWritesInOrderAlsoWhenTheOtherClusterWasAway() throws Exception {
    String from = worker.topic();
    String to = KafkaFixture.uniqueName("orders");
    create(to);
    Map<String, String> config = worker.base(KafkaEmitterConnector.class);
    trust(config);
    config.put("topics", from);
    config.put("brokers", other.bootstrapServers());
    config.put("topic", to);
    config.put("producer.delivery.timeout.ms", "3000");
    config.put("producer.request.timeout.ms", "1000");
    config.put("producer.linger.ms", "0");
    config.put("identity.type", "saslPlain");
    config.put("identity.username", SecureKafka.OWNER);
    config.put("identity.password", SecureKafka.PASSWORD);
    try (EmitterWorker.Started started = worker.put(KafkaFixture.uniqueName("direct"), config)) {
      worker.produce(from, event(1, "a"));
      eventually("the first is delivered").until(() -> ids(to).size() == 1);
      other.stop();
      worker.produce(from, event(2, "a"));
      worker.produce(from, event(3, "a"));
      other.restart();
      eventually("all are delivered").until(() -> worker.committed(started.name(), from) == 3);
      assertThat(ids(to).stream().distinct()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void sharedModeWritesAsTheIdentityThatEachDefinitionNames() throws Exception {
    identity("owner", SecureKafka.OWNER);
    identity("stranger", SecureKafka.STRANGER);
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("shared"));
    worker.provision(TopicProvisioner.compacted(topics.emitters()));
    String to = KafkaFixture.uniqueName("orders");
    create(to);
    define(topics, "good", "owner", to);
    define(topics, "bad", "stranger", to);
    Map<String, String> config = sample("kafka-shared");
    trust(config);
    config.put("topics.regex", topics.emitterPrefix(EmitterType.KAFKA).replace(".", "\\.") + ".*");
    config.put("bootstrap.servers", worker.bootstrap);
    config.put("topic.prefix", topics.prefix());
    config.put(
        "identity.provider.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
    config.put("identity.provider.path", identities + "/{ref}.properties");
    try (EmitterWorker.Started started = worker.put(KafkaFixture.uniqueName("shared"), config)) {
      worker.produce(topics.emitter(EmitterType.KAFKA, "bad"), event(1, "a"));
      worker.produce(topics.emitter(EmitterType.KAFKA, "good"), event(2, "a"));
      eventually("the good one is served").until(() -> ids(to).contains("2"));
      assertThat(ids(to)).containsOnly("2");
      assertThat(worker.committed(started.name(), topics.emitter(EmitterType.KAFKA, "bad")))
          .isZero();
    }
  }

  @Test
  void sampleRuns() throws Exception {
    String from = worker.topic();
    String to = worker.topic();
    Map<String, String> config = sample("kafka");
    config.put("topics", from);
    config.put("brokers", worker.bootstrap);
    config.put("topic", to);
    config.put("consumer.override.auto.offset.reset", "earliest");
    try (EmitterWorker.Started started = worker.put(KafkaFixture.uniqueName("sample"), config)) {
      worker.produce(from, Events.event("dear", "{\"amount\":500}"));
      worker.produce(from, Events.event("cheap", "{\"amount\":5}"));
      eventually("committed").until(() -> worker.committed(started.name(), from) == 2);
      assertThat(worker.read(to, 1))
          .singleElement()
          .satisfies(record -> assertThat(record.key()).isEqualTo("dear".getBytes(UTF_8)));
    }
  }

  static Map<String, String> sample(String name) throws Exception {
    var sample = new ObjectMapper().readTree(Path.of("../connectors/" + name + ".json").toFile());
    Map<String, String> config = new HashMap<>();
    sample.get("config").properties().forEach(e -> config.put(e.getKey(), e.getValue().asText()));
    return config;
  }

  private static void trust(Map<String, String> config) {
    other.trust().forEach((key, value) -> config.put("producer." + key, value));
  }

  private static void identity(String name, String user) throws Exception {
    Properties fields = new Properties();
    fields.put("type", "saslPlain");
    fields.put("username", user);
    fields.put("password", SecureKafka.PASSWORD);
    try (OutputStream file = Files.newOutputStream(identities.resolve(name + ".properties"))) {
      fields.store(file, null);
    }
  }

  private static void define(MillraceTopics topics, String id, String identity, String to)
      throws Exception {
    worker.provision(TopicProvisioner.log(topics.emitter(EmitterType.KAFKA, id), 1));
    EmitterDefinition definition =
        new EmitterDefinition(
            id,
            EventFilter.EVERYTHING,
            null,
            identity,
            Activation.INITIAL,
            Events.parameters(
                EmitterType.KAFKA, Map.of("brokers", other.bootstrapServers(), "topic", to)));
    worker.send(
        new ProducerRecord<>(
            topics.emitters(), id.getBytes(UTF_8), DefinitionJson.write(definition)));
  }

  private static void create(String topic) throws Exception {
    try (Admin admin = other.admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    }
  }

  /** Of all events that stand in a topic of the other cluster. */
  private static List<String> ids(String topic) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    List<String> ids = new CopyOnWriteArrayList<>();
    try (var consumer = new KafkaConsumer<>(other.ownersClient(), bytes, bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> ids.add(new String(record.headers().lastHeader("ce_id").value(), UTF_8)));
      }
    }
    return ids;
  }
}
