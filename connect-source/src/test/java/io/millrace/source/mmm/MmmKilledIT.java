package io.millrace.source.mmm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.ConnectOptions;
import io.millrace.fixtures.ConnectProcess;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.SourceWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die between the write to Kafka and the acknowledgement to MMM. */
@Timeout(600)
class MmmKilledIT {

  private static final int KILLS = 3;
  private static final int EVENTS = 3_000;

  @TempDir private Path folder;

  @Test
  void withExactlyOnceSupportNoEventIsMissingOrTwiceInTheLog() throws Exception {
    List<Long> log = logAfterKills(Map.of("exactly.once.source.support", "enabled"), "required");
    assertThat(log).isEqualTo(MmmTasks.range(1, EVENTS));
  }

  @Test
  void withoutItNoEventIsMissing() throws Exception {
    List<Long> log = logAfterKills(Map.of(), "requested");
    assertThat(log.stream().distinct().toList()).isEqualTo(MmmTasks.range(1, EVENTS));
  }

  private List<Long> logAfterKills(Map<String, String> settings, String support) throws Exception {
    Path plugins = folder.resolve("plugins");
    SourceWorker.unpack(plugins);
    Map<String, String> config = SourceWorker.base(MmmSourceConnector.class);
    config.put("start.after", "0");
    config.put("chunk.size", "7");
    config.put("ack.limit", "100");
    config.put("ack.events", "10");
    config.put("ack.interval.ms", "100");
    config.put("exactly.once.support", support);
    // What a killed worker leaves open keeps the next one waiting for so long.
    config.put("producer.override.transaction.timeout.ms", "10000");
    ConnectOptions options =
        ConnectOptions.of(
                KafkaFixture.shared().bootstrapServers(),
                plugins,
                KafkaFixture.uniqueName("mmm-killed"))
            .withSettings(settings);
    String name = KafkaFixture.uniqueName("mmm");
    try (MmmServer server = MmmServer.start()) {
      config.put("url", server.url());
      AtomicBoolean done = new AtomicBoolean();
      Thread publisher = new Thread(() -> publish(server, done), "publisher");
      publisher.start();
      for (int kill = 0; kill <= KILLS; kill++) {
        Path workerLog = folder.resolve("worker-" + kill + ".log");
        try (ConnectProcess worker = ConnectProcess.start(options, workerLog)) {
          worker.put(name, config);
          worker.awaitRunning(name);
          int wanted = kill == KILLS ? EVENTS : (kill + 1) * EVENTS / (KILLS + 2);
          assertThat(readUpTo(SourceWorker.topic(config), wanted)).isNotEmpty();
        }
      }
      done.set(true);
      publisher.join();
      return readUpTo(SourceWorker.topic(config), EVENTS);
    }
  }

  /** The ids of what is committed, up to that one: how many come before it is not sure. */
  private static List<Long> readUpTo(String topic, long last) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            KafkaFixture.shared().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<Long> ids = new ArrayList<>();
      Awaitility.await("event " + last)
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                  byte[] id = record.headers().lastHeader("ce_id").value();
                  ids.add(Long.valueOf(new String(id, UTF_8)));
                }
                return ids.contains(last);
              });
      return ids;
    }
  }

  /** Steadily, so that workers die in the middle of something. */
  private static void publish(MmmServer server, AtomicBoolean done) {
    try {
      for (int sent = 0; sent < EVENTS && !done.get(); sent += 5) {
        server.publish(5);
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
