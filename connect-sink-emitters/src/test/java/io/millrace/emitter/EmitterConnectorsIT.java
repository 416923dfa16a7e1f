package io.millrace.emitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.emitter.console.ConsoleEmitterConnector;
import io.millrace.emitter.file.FileEmitterConnector;
import io.millrace.emitter.filter.FeelFilter;
import io.millrace.emitter.filter.FeelPredicate;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.tools.ConnectPluginPath;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged zip in a real worker, on a real broker. */
class EmitterConnectorsIT {

  private static final String CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

  @TempDir private static Path plugins;
  @TempDir private Path folder;
  private static String bootstrap;
  private static ConnectFixture connect;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
    KafkaFixture kafka = KafkaFixture.shared();
    bootstrap = kafka.bootstrapServers();
    admin = kafka.admin();
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes);
    connect = ConnectFixture.start(bootstrap, plugins);
  }

  @AfterAll
  static void stop() {
    connect.close();
    producer.close();
    admin.close();
  }

  @Test
  void deliversEverythingInOrderOnceADownWebhookIsUp() throws Exception {
    String topic = topic();
    List<CloudEvent> events =
        IntStream.range(0, 300).mapToObj(i -> event(i, "key-" + i % 10)).toList();
    events.forEach(event -> produce(topic, event));
    try (Receiver receiver = new Receiver(503);
        Started started =
            started(WebhookEmitterConnector.class, topic, Map.of("url", receiver.url()))) {
      eventually("attempts").until(() -> receiver.requests() > 20);
      assertThat(committed(started.name(), topic)).as("committed while down").isZero();

      receiver.answerWith(204);

      eventually("all delivered").until(() -> receiver.accepted().size() >= 300);
      assertThat(receiver.ids()).doesNotHaveDuplicates().hasSize(300);
      for (int key = 0; key < 10; key++) {
        int k = key;
        assertThat(receiver.accepted().stream().filter(a -> a.subject().equals("key-" + k)))
            .extracting(accepted -> Integer.parseInt(accepted.id()))
            .isSorted()
            .hasSize(30);
      }
      eventually("committed").until(() -> committed(started.name(), topic) == 300);
    }
  }

  @Test
  void directModeEmitsOnlyWhatItsFilterAccepts() throws Exception {
    String topic = topic();
    try (Receiver receiver = new Receiver(200);
        Started started =
            started(
                WebhookEmitterConnector.class,
                topic,
                Map.of(
                    "url",
                    receiver.url(),
                    "topic.paths",
                    "service/production",
                    "messages",
                    "OrderPlaced",
                    "filter",
                    "amount > 100"))) {
      produce(topic, order("cheap", "/service/production/finance", 100));
      produce(topic, order("dear", "/service/production/finance", 101));
      produce(topic, order("elsewhere", "service/test", 500));
      produce(topic, order("last", "service/production", 102));

      eventually("delivered").until(() -> receiver.ids().contains("last"));
      assertThat(receiver.ids()).containsExactlyInAnyOrder("dear", "last");
      eventually("committed").until(() -> committed(started.name(), topic) == 4);
    }
  }

  @Test
  void deadLettersWhatTheEndpointRejectsAndWhatIsNoEvent() throws Exception {
    String topic = topic();
    String deadLetters = KafkaFixture.uniqueName("dead");
    try (Receiver receiver = new Receiver(422);
        Started started =
            started(
                WebhookEmitterConnector.class,
                topic,
                Map.of(
                    "url",
                    receiver.url(),
                    "dead.letter.topic",
                    deadLetters,
                    "bootstrap.servers",
                    bootstrap))) {
      produce(topic, event(1, "a"));
      producer.send(new ProducerRecord<>(topic, "no event".getBytes(StandardCharsets.UTF_8))).get();

      eventually("committed").until(() -> committed(started.name(), topic) == 2);
      assertThat(read(deadLetters, 2))
          .extracting(record -> header(record, "deadletter_cause"))
          .satisfiesExactlyInAnyOrder(
              cause -> assertThat(cause).isEqualTo("HTTP 422"),
              cause -> assertThat(cause).startsWith("not a CloudEvent"));
    }
  }

  @Test
  void reportsToConnectWithoutADeadLetterTopicOfItsOwn() throws Exception {
    String topic = topic();
    String deadLetters = topic();
    try (Receiver receiver = new Receiver(400);
        Started started =
            started(
                WebhookEmitterConnector.class,
                topic,
                Map.of(
                    "url",
                    receiver.url(),
                    "errors.tolerance",
                    "all",
                    "errors.deadletterqueue.topic.name",
                    deadLetters,
                    "errors.deadletterqueue.topic.replication.factor",
                    "1"))) {
      produce(topic, event(1, "a"));
      eventually("committed").until(() -> committed(started.name(), topic) == 1);
      assertThat(read(deadLetters, 1)).hasSize(1);
    }
  }

  @Test
  void sharedModeServesEmittersAsTheyComeChangeAndGo() throws Exception {
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("shared"));
    provision(TopicProvisioner.compacted(topics.emitters()));
    define(topics, "first", "http://127.0.0.1:1/dead");
    try (Receiver before = new Receiver(200);
        Receiver after = new Receiver(200);
        Started started = put(KafkaFixture.uniqueName("shared"), shared(topics))) {
      produce(topics.emitter(EmitterType.WEBHOOK, "first"), event(0, "a"));

      define(topics, "second", before.url());
      produce(topics.emitter(EmitterType.WEBHOOK, "second"), event(1, "a"));
      eventually("served").until(() -> before.ids().contains("1"));

      define(topics, "second", after.url());
      produceUntil(topics, "second", 2, () -> !after.accepted().isEmpty());

      write(topics, "second", null);
      define(topics, "third", before.url());
      produce(topics.emitter(EmitterType.WEBHOOK, "third"), event(10_000, "a"));
      // The log of definitions is read in order: who knows the third knows that the second is gone.
      eventually("third served").until(() -> before.ids().contains("10000"));
      int seen = after.accepted().size();
      produce(topics.emitter(EmitterType.WEBHOOK, "second"), event(10_001, "a"));
      produce(topics.emitter(EmitterType.WEBHOOK, "third"), event(10_002, "a"));
      eventually("third served again").until(() -> before.ids().contains("10002"));
      assertThat(after.accepted()).as("after its removal").hasSize(seen);
      assertThat(committed(started.name(), topics.emitter(EmitterType.WEBHOOK, "first"))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "file", "console", "filter"})
  void samplesRun(String type) throws Exception {
    var sample = new ObjectMapper().readTree(Path.of("../connectors/" + type + ".json").toFile());
    Map<String, String> config = new HashMap<>();
    sample.get("config").properties().forEach(e -> config.put(e.getKey(), e.getValue().asText()));
    String topic = topic();
    try (Receiver receiver = new Receiver(200)) {
      config.put("topics", topic);
      config.put("consumer.override.auto.offset.reset", "earliest");
      config.computeIfPresent("url", (key, value) -> receiver.url());
      config.computeIfPresent(
          "path", (key, value) -> folder.resolve("x/everything.log").toString());
      try (Started started = put(sample.get("name").asText(), config)) {
        produce(topic, order("1", "service/production", 500));
        eventually("committed").until(() -> committed(started.name(), topic) == 1);
      }
      if (type.equals("webhook")) {
        assertThat(receiver.requests()).isEqualTo(1);
      }
    }
    if (type.equals("file")) {
      try (Stream<Path> files = Files.list(folder.resolve("x"))) {
        assertThat(files.toList())
            .singleElement()
            .satisfies(
                file ->
                    assertThat(file.getFileName().toString())
                        .matches("everything-\\d{4}-\\d\\d-\\d\\d\\.log"))
            .satisfies(file -> assertThat(Files.readAllLines(file)).hasSize(1));
      }
    }
  }

  @Test
  void connectFindsThePluginsWithoutProblems() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ConnectPluginPath.mainNoExit(
            new String[] {"list", "--plugin-path", plugins.toString()},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String listed = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(listed.lines().filter(line -> line.startsWith("io.millrace.emitter.filter")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith(FeelFilter.class.getName() + "\t"),
            line -> assertThat(line).startsWith(FeelPredicate.class.getName() + "\t"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(System.getProperty("millrace.version"))
                    .containsPattern("\t(transformation|predicate)\ttrue\ttrue\t"));
    assertThat(listed.lines().filter(line -> line.contains("EmitterConnector\t")))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(System.getProperty("millrace.version"))
                    .contains("\tsink\ttrue\ttrue\t"));
    assertThat(listed)
        .containsPattern("Loadable plugins: *\t5")
        .containsPattern("Compatible plugins: *\t5");
    for (Class<?> type :
        List.of(
            WebhookEmitterConnector.class,
            FileEmitterConnector.class,
            ConsoleEmitterConnector.class)) {
      assertThat(listed).contains(type.getName());
    }
  }

  @Test
  void zipHoldsNothingThatConnectGives() throws Exception {
    try (Stream<Path> files = Files.walk(plugins)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".jar")))
          .noneMatch(
              name ->
                  Stream.of(
                          "kafka-clients",
                          "connect-api",
                          "connect-runtime",
                          "connect-json",
                          "slf4j",
                          "log4j",
                          "zstd",
                          "lz4",
                          "snappy",
                          "jspecify")
                      .anyMatch(name::startsWith))
          .anyMatch(name -> name.startsWith("httpclient5"));
    }
  }

  /** A connector that is removed at the end of its test. */
  private record Started(String name) implements AutoCloseable {
    @Override
    public void close() {
      connect.delete(name);
    }
  }

  private static Started started(
      Class<? extends SinkConnector> type, String topic, Map<String, String> parameters) {
    Map<String, String> config = base(type);
    config.put("topics", topic);
    config.putAll(parameters);
    return put(KafkaFixture.uniqueName("direct"), config);
  }

  private static Map<String, String> shared(MillraceTopics topics) {
    Map<String, String> config = base(WebhookEmitterConnector.class);
    config.put(
        "topics.regex", topics.emitterPrefix(EmitterType.WEBHOOK).replace(".", "\\.") + ".*");
    config.put("emitter.definitions", "topic");
    config.put("bootstrap.servers", bootstrap);
    config.put("topic.prefix", topics.prefix());
    config.put("consumer.override.metadata.max.age.ms", "1000");
    config.put(
        "consumer.override.partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return config;
  }

  private static Map<String, String> base(Class<? extends SinkConnector> type) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", type.getName());
    config.put("tasks.max", "1");
    config.put("key.converter", CONVERTER);
    config.put("value.converter", CONVERTER);
    config.put("header.converter", CONVERTER);
    config.put("retry.backoff.ms", "100");
    config.put("retry.backoff.max.ms", "500");
    config.put("consumer.override.auto.offset.reset", "earliest");
    return config;
  }

  private static Started put(String name, Map<String, String> config) {
    connect.put(name, config);
    connect.awaitRunning(name);
    return new Started(name);
  }

  private static void define(MillraceTopics topics, String id, String url) throws Exception {
    provision(TopicProvisioner.log(topics.emitter(EmitterType.WEBHOOK, id), 1));
    EmitterDefinition definition =
        new EmitterDefinition(
            id,
            EventFilter.EVERYTHING,
            null,
            Events.parameters(EmitterType.WEBHOOK, Map.of("url", url)));
    write(topics, id, DefinitionJson.write(definition));
  }

  private static void write(MillraceTopics topics, String id, byte @Nullable [] value)
      throws Exception {
    producer
        .send(new ProducerRecord<>(topics.emitters(), id.getBytes(StandardCharsets.UTF_8), value))
        .get();
  }

  private static void produceUntil(
      MillraceTopics topics, String id, int first, Callable<Boolean> done) {
    int[] next = {first};
    eventually("the changed emitter is used")
        .until(
            () -> {
              produce(topics.emitter(EmitterType.WEBHOOK, id), event(next[0]++, "a"));
              return done.call();
            });
  }

  private static String topic() throws Exception {
    String topic = KafkaFixture.uniqueName("events");
    provision(TopicProvisioner.log(topic, 1));
    return topic;
  }

  private static void provision(NewTopic topic) throws InterruptedException {
    new TopicProvisioner(admin).ensure(List.of(topic));
  }

  private static void produce(String topic, CloudEvent event) {
    try {
      producer.send(EventRecords.write(topic, event)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static CloudEvent event(int id, String subject) {
    return Events.builder(Integer.toString(id))
        .withSubject(subject)
        .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static CloudEvent order(String id, String topicPath, int amount) {
    return Events.builder(id)
        .withExtension("topicpath", topicPath)
        .withData(
            "application/json",
            "{\"amount\": %d}".formatted(amount).getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static long committed(String connector, String topic) throws Exception {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets("connect-" + connector)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, 0));
    return offset == null ? 0 : offset.offset();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            bytes,
            bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      eventually("records in " + topic)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Arrays.stream(record.headers().toArray())
        .filter(header -> header.key().equals(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
