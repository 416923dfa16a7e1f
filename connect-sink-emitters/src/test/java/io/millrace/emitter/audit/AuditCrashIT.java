package io.millrace.emitter.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.emitter.Events;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.audit.AuditEntry;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is killed, again and again, while it records. */
class AuditCrashIT {

  private static final int EVENTS = 6_000;
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private final String bootstrap = KafkaFixture.shared().bootstrapServers();
  private final String prefix = KafkaFixture.uniqueName("crash");
  private final String log = new MillraceTopics(prefix).connectorAudit("recorder");
  private final String topic = KafkaFixture.uniqueName("events");
  private final String group = KafkaFixture.uniqueName("killed");

  @TempDir private Path folder;

  @Test
  void killedWorkersLeaveAChainWithEveryEventOnce() throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), folder.resolve("plugins"));
    writeConnector();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new TopicProvisioner(admin)
          .ensure(List.of(TopicProvisioner.log(topic, 1), TopicProvisioner.log(log, 1)));
      produce();
      for (int kill = 1; kill <= 2; kill++) {
        long enough = recorded(admin) + EVENTS / 8L;
        try (WorkerProcess worker = WorkerProcess.start(bootstrap, group, folder)) {
          awaitRecorded(admin, enough, worker);
        }
      }
      assertThat(recorded(admin)).as("killed in the middle").isLessThan(EVENTS);
      try (WorkerProcess worker = WorkerProcess.start(bootstrap, group, folder)) {
        awaitRecorded(admin, EVENTS, worker);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> LogView.entries(bootstrap, log).size() >= EVENTS);
      }
    }
    List<String> recorded =
        LogView.verified(bootstrap, log).stream().map(AuditCrashIT::id).toList();
    assertThat(recorded).isEqualTo(IntStream.range(0, EVENTS).mapToObj(Integer::toString).toList());
  }

  private void writeConnector() throws IOException {
    Properties config = new Properties();
    config.put("name", "recorder");
    config.put("connector.class", AuditEmitterConnector.class.getName());
    config.put("topics", topic);
    config.put("topic.prefix", prefix);
    config.put("bootstrap.servers", bootstrap);
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    config.put("audit.batch.size", "20");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.session.timeout.ms", "6000");
    config.put("consumer.override.heartbeat.interval.ms", "1500");
    try (OutputStream file = Files.newOutputStream(folder.resolve("connector.properties"))) {
      config.store(file, null);
    }
  }

  private void produce() {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap, "linger.ms", 20),
            bytes,
            bytes)) {
      for (int i = 0; i < EVENTS; i++) {
        var unused =
            producer.send(
                EventRecords.write(
                    topic,
                    Events.builder(Integer.toString(i))
                        .withSubject("key-" + i % 7)
                        .withData("application/json", "{\"n\":1}".getBytes(UTF_8))
                        .build()));
      }
    }
  }

  private void awaitRecorded(Admin admin, long enough, WorkerProcess worker) {
    await("%d records in the log".formatted(enough))
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertThat(worker.isAlive()).as("the worker lives; see its log").isTrue();
              return recorded(admin) >= enough;
            });
  }

  /** Offsets in the log, with what ends transactions. */
  private long recorded(Admin admin) throws Exception {
    TopicPartition partition = new TopicPartition(log, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .get()
        .offset();
  }

  private static String id(AuditEntry entry) {
    try {
      JsonNode event = new ObjectMapper().readTree(entry.event());
      return event.path("id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
