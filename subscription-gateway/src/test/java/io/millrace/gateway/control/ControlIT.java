package io.millrace.gateway.control;

import static io.millrace.gateway.control.Definitions.file;
import static io.millrace.gateway.control.Definitions.ownedFile;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path plugins;

  private static KafkaFixture kafka;
  private static ConnectFixture connect;
  private static Admin admin;

  @TempDir Path folder;

  private final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("control"));
  private final List<Control> running = new ArrayList<>();
  private DefinitionWriter writer;

  @BeforeAll
  static void startKafkaAndConnect() throws Exception {
    kafka = KafkaFixture.shared();
    connect = ConnectFixture.start(kafka.bootstrapServers(), plugins);
    admin = kafka.admin();
  }

  @AfterAll
  static void stopConnect() {
    admin.close();
    connect.close();
  }

  @BeforeEach
  void createWriter() throws Exception {
    TopicProvisioner provisioner = new TopicProvisioner(admin);
    provisioner.ensure(List.of(TopicProvisioner.compacted(topics.emitters())));
    writer = new DefinitionWriter(clientConfig(), provisioner, topics, 1);
  }

  @AfterEach
  void stop() {
    running.forEach(Control::close);
    writer.close();
  }

  @Test
  void fileBecomesDefinitionTopicAndConnectorAndAllGoesWithIt() throws Exception {
    Control control = start(connected());
    await(() -> control.health().ready());
    // A connector of somebody else, which bears a name like ours.
    connect.put(topics.prefix() + "-webhook", foreignConnector());

    write("all", "{\"type\":\"File\",\"parameters\":{\"path\":\"/logs/all.log\"}}");
    await(() -> connectors().contains(topics.prefix() + "-file"));
    connect.awaitRunning(topics.prefix() + "-file");
    assertThat(emitterTopics()).containsExactly(topics.emitter(EmitterType.FILE, "all"));
    assertThat(standing().get("all")).contains("\"type\":\"File\"");
    await(
        () ->
            "RUNNING"
                .equals(control.health().parts().get("connector " + topics.prefix() + "-file")));

    write("all", "{\"type\":\"Console\"}");
    await(() -> connectors().contains(topics.prefix() + "-console"));
    await(() -> !connectors().contains(topics.prefix() + "-file"));
    await(() -> emitterTopics().equals(Set.of(topics.emitter(EmitterType.CONSOLE, "all"))));

    Files.delete(folder.resolve("all.json"));
    await(() -> standing().isEmpty());
    await(() -> emitterTopics().isEmpty());
    await(() -> connectors().equals(Set.of(topics.prefix() + "-webhook")));
    connect.delete(topics.prefix() + "-webhook");
  }

  @Test
  void connectorFollowsWithinASecondOfTheFile() throws Exception {
    Control control = start(connected());
    await(() -> control.health().ready());
    long start = System.nanoTime();
    write("a", "{\"type\":\"Console\"}");
    await(() -> standing().containsKey("a"));
    long defined = System.nanoTime();
    await(() -> connectors().contains(topics.prefix() + "-console"));
    long connected = System.nanoTime();
    System.out.printf(
        "definition after %d ms, connector after %d ms%n",
        (defined - start) / 1_000_000, (connected - start) / 1_000_000);
    // Far above what it takes, and far below the hour after which all is compared anyway.
    assertThat(Duration.ofNanos(connected - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void comparesWhatStandsWithTheFilesAtTheStart() throws Exception {
    writer.write(
        List.of(
            file("equal"), file("differs"), file("gone"), file("broken"), ownedFile("u", "ada")));
    write("equal", "{\"type\":\"File\",\"parameters\":{\"path\":\"/logs/equal.log\"}}");
    write("differs", "{\"type\":\"Console\"}");
    write("broken", "{\"type\":");
    Control control = start(Map.of());
    await(() -> control.health().ready());
    // Nobody has seen its file here: it goes after a while.
    await(() -> !standing().containsKey("gone"));
    assertThat(standing()).containsOnlyKeys("equal", "differs", "broken", "u");
    assertThat(standing().get("differs")).contains("Console");
    // Five were written before, one is rewritten, one removed.
    assertThat(records()).isEqualTo(7);
    assertThat(control.health().parts())
        .containsEntry("connect", "not configured, no connectors are made")
        .containsKey("system emitter file broken.json");
  }

  @Test
  void leavesSystemEmittersAloneWithoutAFolder() throws Exception {
    writer.write(List.of(file("a")));
    admin.deleteTopics(List.of(topics.emitter(EmitterType.FILE, "a"))).all().get();
    Map<String, String> settings = new HashMap<>();
    settings.put(ControlConfig.SYSTEM_EMITTERS_DIR, null);
    Control control = start(settings);
    await(() -> control.health().ready());
    assertThat(standing()).containsOnlyKeys("a");
    assertThat(records()).isOne();
    await(() -> emitterTopics().contains(topics.emitter(EmitterType.FILE, "a")));
  }

  @Test
  void keepsTopicsOfOthersAndOfDefinitionsItCannotRead() throws Exception {
    Set<String> foreign =
        Set.of(
            topics.prefix() + ".emitter.telex.a",
            topics.prefix() + ".emitter.file.a.b",
            topics.prefix() + "2.emitter.file.a",
            topics.emitter(EmitterType.FILE, "newer"));
    String orphan = topics.emitter(EmitterType.FILE, "orphan");
    TopicProvisioner provisioner = new TopicProvisioner(admin);
    provisioner.ensure(foreign.stream().map(name -> TopicProvisioner.log(name, 1)).toList());
    provisioner.ensure(List.of(TopicProvisioner.log(orphan, 1)));
    putRaw("newer", "{\"type\":\"File\",\"narrowedBy\":\"a newer release\"}");
    start(Map.of());
    await(() -> !admin.listTopics().names().get().contains(orphan));
    assertThat(admin.listTopics().names().get()).containsAll(foreign);
  }

  @Test
  void twoGatewaysAgree() throws Exception {
    Control one = start(connected());
    Control other = start(connected());
    for (int i = 0; i < 5; i++) {
      write("e" + i, "{\"type\":\"Console\"}");
    }
    await(() -> standing().size() == 5 && emitterTopics().size() == 5);
    await(() -> one.health().ready() && other.health().ready());
    for (int i = 1; i < 5; i++) {
      Files.delete(folder.resolve("e" + i + ".json"));
    }
    await(() -> standing().keySet().equals(Set.of("e0")));
    await(() -> emitterTopics().equals(Set.of(topics.emitter(EmitterType.CONSOLE, "e0"))));
    // While they see the folder differently one may undo what the other did; then both rest.
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              long now = records();
              return before.getAndSet(now) == now;
            });
    assertThat(standing()).containsOnlyKeys("e0");
  }

  private Control start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(ControlConfig.SYSTEM_EMITTERS_DIR, folder.toString());
    settings.put(ControlConfig.TOPIC_DELETE_DELAY, "1000");
    // Whatever happens in time, happens because something woke the loop.
    settings.put(ControlConfig.CONTROL_INTERVAL, "3600000");
    settings.put("connectors.connector.class", IdleSinkConnector.class.getName());
    settings.putAll(more);
    Control control =
        Control.start(
            ControlConfigTest.config(settings), clientConfig(), topics, new SimpleMeterRegistry());
    running.add(control);
    return control;
  }

  private static Map<String, String> connected() {
    return Map.of(ControlConfig.CONNECT_URLS, connect.url().toString());
  }

  private static Map<String, Object> clientConfig() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private Map<String, String> foreignConnector() {
    return Map.of(
        "connector.class", IdleSinkConnector.class.getName(), "topics", topics.emitters());
  }

  private void write(String id, String json) throws IOException {
    Files.writeString(folder.resolve(id + ".json"), json);
  }

  private Set<String> emitterTopics() throws Exception {
    return Set.copyOf(
        admin.listTopics().names().get().stream()
            .filter(name -> name.startsWith(topics.emitterPrefix()))
            .toList());
  }

  private Set<String> connectors() throws Exception {
    String names =
        HTTP.send(
                HttpRequest.newBuilder(connect.url().resolve("/connectors")).build(),
                BodyHandlers.ofString())
            .body();
    return Set.copyOf(
        List.of(names.replaceAll("[\\[\\]\"]", "").split(",", -1)).stream()
            .filter(name -> name.startsWith(topics.prefix() + "-"))
            .toList());
  }

  private void putRaw(String id, String json) throws Exception {
    var serializer = new StringSerializer();
    try (var producer = new KafkaProducer<>(clientConfig(), serializer, serializer)) {
      producer.send(new ProducerRecord<>(topics.emitters(), id, json)).get();
    }
  }

  /** What stands in Kafka: JSON by emitter id. */
  private Map<String, String> standing() {
    Map<String, String> standing = new TreeMap<>();
    read(standing);
    return standing;
  }

  private long records() {
    return read(new HashMap<>());
  }

  private long read(Map<String, String> standing) {
    var deserializer = new StringDeserializer();
    TopicPartition partition = new TopicPartition(topics.emitters(), 0);
    try (var consumer = new KafkaConsumer<>(clientConfig(), deserializer, deserializer)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(
                record -> {
                  if (record.value() == null) {
                    standing.remove(record.key());
                  } else {
                    standing.put(record.key(), record.value());
                  }
                });
      }
      return end;
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
