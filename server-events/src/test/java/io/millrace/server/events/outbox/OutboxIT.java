package io.millrace.server.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.memory.InMemoryEventBus;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private static PostgresCluster postgres;
  private static DataSource source;

  private final OutboxTable table =
      new OutboxTable(KafkaFixture.uniqueName("outbox").replace('-', '_'));

  @BeforeAll
  static void start() throws Exception {
    postgres = PostgresCluster.start();
    source = postgres.dataSource();
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void createTables() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : table.ddl()) {
        statement.execute(sql);
      }
      statement.execute("CREATE TABLE IF NOT EXISTS orders (id INT)");
    }
  }

  @Test
  void raisesWhatWasCommittedAndNothingElse() throws Exception {
    try (InMemoryEventBus bus = new InMemoryEventBus();
        OutboxRelay relay = relay(bus)) {
      relay.start();
      EventData event = new EventData("/order", Map.of("total", new BigDecimal("1.10")));
      event.setKey("k");
      event.addAdditionalMetadata("orderId", "o-1");
      try (Connection connection = source.getConnection()) {
        connection.setAutoCommit(false);
        insertOrder(connection);
        assertThat(notifier(connection).notify(event).getStatus()).isEqualTo(EventStatus.SUBMITTED);
        connection.commit();
        insertOrder(connection);
        notifier(connection).notify("order", "rolled back");
        connection.rollback();
      }
      relay.wake();

      await().atMost(LIMIT).until(() -> count() == 0);
      assertThat(bus.raised()).hasSize(1);
      EventData raised = bus.raised().get(0);
      assertThat(raised.getId()).isEqualTo(event.getId());
      assertThat(raised.getTopic()).isEqualTo("/order");
      assertThat(raised.getData()).isEqualTo(Map.of("total", new BigDecimal("1.10")));
      assertThat(raised.getKey()).isEqualTo("k");
      assertThat(raised.getTimestamp()).isEqualTo(event.getTimestamp());
      assertThat(raised.getProducer()).isEqualTo("shop");
      assertThat(raised.getAdditionalMetadata()).containsEntry("orderId", "o-1");
      assertThat(relay.relayed()).isOne();
    }
  }

  @Test
  void refusesAConnectionThatIsInNoTransaction() throws Exception {
    try (Connection connection = source.getConnection()) {
      assertThatThrownBy(() -> notifier(connection).notify("order", 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("begin a transaction");
    }
  }

  @Test
  void failsTheTransactionIfTheEventCannotBeStored() throws Exception {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      EventData event = new EventData("order", 1);
      notifier(connection).notify(event);

      assertThatThrownBy(() -> notifier(connection).notify(event))
          .isInstanceOf(OutboxException.class);
      assertThatThrownBy(() -> insertOrder(connection)).isInstanceOf(SQLException.class);
      connection.rollback();
    }
    assertThat(count()).isZero();
  }

  @Test
  void severalRelaysKeepTheOrderOfAKeyAndRaiseNothingTwice() throws Exception {
    try (InMemoryEventBus bus = new InMemoryEventBus()) {
      List<OutboxRelay> relays =
          IntStream.range(0, 4)
              .mapToObj(i -> new OutboxRelay(source, bus, table, INTERVAL, 7))
              .toList();
      relays.forEach(OutboxRelay::start);
      for (int n = 0; n < 30; n++) {
        try (Connection connection = source.getConnection()) {
          connection.setAutoCommit(false);
          for (int key = 0; key < 20; key++) {
            notifier(connection).notify(event("key-" + key, n));
          }
          connection.commit();
        }
      }

      await().atMost(LIMIT).until(() -> count() == 0);
      relays.forEach(OutboxRelay::close);
      assertThat(bus.raised()).hasSize(600);
      Map<String, List<Object>> byKey = new HashMap<>();
      bus.raised()
          .forEach(e -> byKey.computeIfAbsent(e.getKey(), k -> new ArrayList<>()).add(e.getData()));
      assertThat(byKey).hasSize(20);
      assertThat(byKey.values())
          .allSatisfy(
              numbers ->
                  assertThat(numbers)
                      .isEqualTo(IntStream.range(0, 30).boxed().map(Object.class::cast).toList()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null"})
  void putsAsideWhatWillNeverBeTakenAndGoesOn(String text) throws Exception {
    try (InMemoryEventBus bus = new InMemoryEventBus();
        OutboxRelay relay = relay(bus)) {
      try (Connection connection = source.getConnection()) {
        connection.setAutoCommit(false);
        EventData bad = event("k", 1);
        notifier(connection).notify(bad);
        notifier(connection).notify(event("k", 2));
        try (Statement statement = connection.createStatement()) {
          statement.execute(
              "UPDATE %s SET event = '%s' WHERE event_id = '%s'"
                  .formatted(table.name(), text, bad.getId()));
        }
        connection.commit();
      }
      relay.start();

      await().atMost(LIMIT).until(() -> bus.raised().size() == 1);
      assertThat(bus.raised().get(0).getData()).isEqualTo(2);
      await().atMost(LIMIT).until(() -> count() == 1);
      assertThat(text("SELECT failure FROM " + table.name())).isEqualTo("is no CloudEvent in JSON");
    }
  }

  /** A process of its own, which ends without any clearing up. */
  @ParameterizedTest
  @EnumSource(Step.class)
  void losesNothingWhenTheRelayIsKilledBetweenItsSteps(Step step) throws Exception {
    String prefix = KafkaFixture.uniqueName("outbox");
    List<String> expected = new ArrayList<>();
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      for (int n = 0; n < 10; n++) {
        EventData event = event("one-key", n);
        expected.add(event.getId());
        notifier(connection).notify(event);
      }
      connection.commit();
    }

    assertThat(relayProcess(prefix, step.name())).isEqualTo(RelayProcess.KILLED);
    assertThat(relayProcess(prefix, "NONE")).isZero();

    List<String> ids = stream(new MillraceTopics(prefix).stream("foundry"));
    boolean twice = step == Step.RAISED || step == Step.DELETED;
    assertThat(ids).hasSize(twice ? 20 : 10);
    assertThat(new LinkedHashSet<>(ids)).containsExactlyElementsOf(expected);
    assertThat(count()).isZero();
  }

  private int relayProcess(String prefix, String step) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                postgres.url(),
                table.name(),
                KafkaFixture.shared().bootstrapServers(),
                prefix,
                step)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> stream(String topic) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", KafkaFixture.shared().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> ids = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var event = EventRecords.read(record.headers(), record.value());
          ids.add(EventDataMapping.read(event).getId());
        }
      }
      return ids;
    }
  }

  private OutboxRelay relay(InMemoryEventBus bus) {
    return new OutboxRelay(source, bus, table, INTERVAL, 50);
  }

  private OutboxNotifier notifier(Connection connection) {
    return new OutboxNotifier(table, URI.create("shop"), () -> connection);
  }

  private static EventData event(String key, int number) {
    EventData event = new EventData("order", number);
    event.setKey(key);
    return event;
  }

  private static void insertOrder(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO orders VALUES (1)");
    }
  }

  private long count() throws SQLException {
    return Long.parseLong(text("SELECT count(*) FROM " + table.name()));
  }

  private static String text(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
