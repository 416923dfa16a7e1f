package io.millrace.gateway.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.AuditTail;
import io.millrace.model.audit.ChainLink;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditRetentionIT {

  private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Map<String, Object> clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
  private final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("retention"));
  private final String log = topics.audit("a");
  private Admin admin;

  @BeforeEach
  void record() throws Exception {
    admin = kafka.admin();
    new TopicProvisioner(admin)
        .ensure(List.of(TopicProvisioner.log(log, 1).configs(Map.of("retention.ms", "-1"))));
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", log);
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      ChainLink link = ChainLink.START;
      producer.beginTransaction();
      for (int i = 0; i < 5; i++) {
        AuditEntry entry = link.next(START.plusSeconds(i), "{}".getBytes(UTF_8));
        var unused = producer.send(AuditRecords.write(log, entry, new AuditSource("t", i)));
        link = entry.link();
      }
      // What ends it has the time of now.
      producer.commitTransaction();
    }
    // The broker answers before it has ended the transaction.
    await("the entries are there")
        .atMost(Duration.ofSeconds(60))
        .until(() -> newest().sequence() == 5);
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void removesWhatIsOld() throws Exception {
    retention(Duration.ofSeconds(10), START.plusSeconds(12)).run(Set.of(log, "another"));
    assertThat(first()).isEqualTo(2);
    assertThat(newest().sequence()).isEqualTo(5);
  }

  @Test
  void keepsTheNewestEntryHoweverOld() throws Exception {
    retention(Duration.ofSeconds(1), START.plusSeconds(1_000_000)).run(Set.of(log));
    assertThat(newest().sequence()).isEqualTo(5);
    assertThat(first()).isEqualTo(4);
  }

  @Test
  void keepsAllForEverUnlessTold() throws Exception {
    retention(null, START.plusSeconds(1_000_000)).run(Set.of(log));
    assertThat(first()).isZero();
  }

  private AuditRetention retention(Duration retention, Instant now) {
    return new AuditRetention(
        admin,
        () -> AuditRetention.consumer(clients),
        topics,
        retention,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private long first() throws Exception {
    TopicPartition partition = new TopicPartition(log, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.earliest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private ChainLink newest() {
    try (Consumer<byte[], byte[]> consumer = AuditRetention.consumer(clients)) {
      return AuditTail.read(consumer, log).link();
    }
  }
}
