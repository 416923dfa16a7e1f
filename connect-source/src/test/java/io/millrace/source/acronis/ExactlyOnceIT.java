package io.millrace.source.acronis;

import static io.millrace.source.acronis.AcronisTasks.SUBSCRIPTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.ConnectOptions;
import io.millrace.fixtures.ConnectProcess;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.SourceWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With exactly-once support, workers that die leave no event twice in the log, and none out. */
@Timeout(600)
class ExactlyOnceIT {

  private static final int EVENTS = 2_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"poll,2", "connector,1"})
  void noEventIsTwiceInTheLogAfterWorkersDied(String boundary, int kills) throws Exception {
    Path plugins = folder.resolve("plugins");
    SourceWorker.unpack(plugins);
    Map<String, String> config = SourceWorker.base(AcronisSourceConnector.class);
    config.put("subscription.id", SUBSCRIPTION);
    config.put("poll.limit", "7");
    config.put("poll.timeout.ms", "1000");
    config.put("exactly.once.support", "required");
    config.put("transaction.boundary", boundary);
    // What a killed worker leaves open keeps the next one waiting for so long.
    config.put("producer.override.transaction.timeout.ms", "10000");
    ConnectOptions options =
        ConnectOptions.of(
                KafkaFixture.shared().bootstrapServers(),
                plugins,
                KafkaFixture.uniqueName("exactly-once"))
            .withSettings(Map.of("exactly.once.source.support", "enabled"));
    String name = KafkaFixture.uniqueName("acronis");
    try (AcronisServer server = new AcronisServer()) {
      server.knows(SUBSCRIPTION);
      config.put("url", server.url());
      AtomicBoolean done = new AtomicBoolean();
      Thread publisher = new Thread(() -> publish(server, done), "publisher");
      publisher.start();
      for (int kill = 0; kill <= kills; kill++) {
        Path workerLog = folder.resolve("worker-" + kill + ".log");
        try (ConnectProcess worker = ConnectProcess.start(options, workerLog)) {
          worker.put(name, config);
          worker.awaitRunning(name);
          int wanted = kill == kills ? EVENTS : (kill + 1) * EVENTS / (kills + 2);
          SourceWorker.read(SourceWorker.topic(config), wanted);
        }
      }
      done.set(true);
      publisher.join();
      List<ConsumerRecord<byte[], byte[]>> log =
          SourceWorker.read(SourceWorker.topic(config), EVENTS);
      assertThat(log.stream().map(record -> new String(record.value(), UTF_8)).toList())
          .startsWith(
              IntStream.rangeClosed(1, EVENTS)
                  .mapToObj("{\"n\":%d}"::formatted)
                  .toArray(String[]::new))
          .doesNotHaveDuplicates();
    }
  }

  /** Steadily, so that workers die in the middle of something. */
  private static void publish(AcronisServer server, AtomicBoolean done) {
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
