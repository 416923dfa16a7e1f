package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.event;
import static io.millrace.emitter.EmitterWorker.eventually;
import static io.millrace.emitter.EmitterWorker.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emitters that a connector configuration alone defines, in a real worker. */
class DirectModeIT {

  @TempDir private static Path plugins;
  @TempDir private Path folder;
  private static EmitterWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void deliversEverythingInOrderOnceADownWebhookIsUp() throws Exception {
    String topic = worker.topic();
    List<CloudEvent> events =
        IntStream.range(0, 300).mapToObj(i -> event(i, "key-" + i % 10)).toList();
    events.forEach(event -> worker.produce(topic, event));
    try (Receiver receiver = new Receiver(503);
        EmitterWorker.Started started =
            started(WebhookEmitterConnector.class, topic, Map.of("url", receiver.url()))) {
      eventually("attempts").until(() -> receiver.requests() > 20);
      assertThat(worker.committed(started.name(), topic)).as("committed while down").isZero();

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
      eventually("committed").until(() -> worker.committed(started.name(), topic) == 300);
      assertThat(metric(started.name(), "events-delivered-total")).isEqualTo(300);
      assertThat(metric(started.name(), "events-retried-total")).isPositive();
      assertThat(metric(started.name(), "lanes-disabled")).isZero();
    }
  }

  @Test
  void directModeEmitsOnlyWhatItsFilterAccepts() throws Exception {
    String topic = worker.topic();
    try (Receiver receiver = new Receiver(200);
        EmitterWorker.Started started =
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
      worker.produce(topic, order("cheap", "/service/production/finance", 100));
      worker.produce(topic, order("dear", "/service/production/finance", 101));
      worker.produce(topic, order("elsewhere", "service/test", 500));
      worker.produce(topic, order("last", "service/production", 102));

      eventually("delivered").until(() -> receiver.ids().contains("last"));
      assertThat(receiver.ids()).containsExactlyInAnyOrder("dear", "last");
      eventually("committed").until(() -> worker.committed(started.name(), topic) == 4);
    }
  }

  @Test
  void deadLettersWhatTheEndpointRejectsAndWhatIsNoEvent() throws Exception {
    String topic = worker.topic();
    String deadLetters = KafkaFixture.uniqueName("dead");
    try (Receiver receiver = new Receiver(422);
        EmitterWorker.Started started =
            started(
                WebhookEmitterConnector.class,
                topic,
                Map.of(
                    "url",
                    receiver.url(),
                    "dead.letter.topic",
                    deadLetters,
                    "bootstrap.servers",
                    worker.bootstrap))) {
      worker.produce(topic, event(1, "a"));
      worker.send(new ProducerRecord<>(topic, "no event".getBytes(StandardCharsets.UTF_8)));

      eventually("committed").until(() -> worker.committed(started.name(), topic) == 2);
      assertThat(worker.read(deadLetters, 2))
          .extracting(record -> header(record, "deadletter_cause"))
          .satisfiesExactlyInAnyOrder(
              cause -> assertThat(cause).isEqualTo("HTTP 422"),
              cause -> assertThat(cause).startsWith("not a CloudEvent"));
    }
  }

  @Test
  void reportsToConnectWithoutADeadLetterTopicOfItsOwn() throws Exception {
    String topic = worker.topic();
    String deadLetters = worker.topic();
    try (Receiver receiver = new Receiver(400);
        EmitterWorker.Started started =
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
      worker.produce(topic, event(1, "a"));
      eventually("committed").until(() -> worker.committed(started.name(), topic) == 1);
      assertThat(worker.read(deadLetters, 1)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook", "file", "console", "filter"})
  void samplesRun(String type) throws Exception {
    var sample = new ObjectMapper().readTree(Path.of("../connectors/" + type + ".json").toFile());
    Map<String, String> config = new HashMap<>();
    sample.get("config").properties().forEach(e -> config.put(e.getKey(), e.getValue().asText()));
    String topic = worker.topic();
    try (Receiver receiver = new Receiver(200)) {
      config.put("topics", topic);
      config.put("consumer.override.auto.offset.reset", "earliest");
      config.computeIfPresent("url", (key, value) -> receiver.url());
      config.computeIfPresent("base.folder", (key, value) -> folder.toString());
      config.computeIfPresent(
          "path", (key, value) -> folder.resolve("x/everything.log").toString());
      try (EmitterWorker.Started started = worker.put(sample.get("name").asText(), config)) {
        worker.produce(topic, order("1", "service/production", 500));
        eventually("committed").until(() -> worker.committed(started.name(), topic) == 1);
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

  private static EmitterWorker.Started started(
      Class<? extends SinkConnector> type, String topic, Map<String, String> parameters) {
    Map<String, String> config = worker.base(type);
    config.put("topics", topic);
    config.putAll(parameters);
    return worker.put(KafkaFixture.uniqueName("direct"), config);
  }

  private static long metric(String connector, String name) throws Exception {
    ObjectName bean =
        new ObjectName("kafka.connect:type=plugins,connector=" + connector + ",task=0");
    Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(bean, name);
    return ((Number) value).longValue();
  }

  private static CloudEvent order(String id, String topicPath, int amount) {
    return Events.builder(id)
        .withExtension("topicpath", topicPath)
        .withData(
            "application/json",
            "{\"amount\": %d}".formatted(amount).getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
