package io.millrace.source.push;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.ConnectProcess;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.push.SourceWorker.Source;
import io.millrace.source.record.ConnectionGap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker that is killed. */
class CrashIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void tellsOneGapAfterItsWorkerWasKilled(Vendor vendor) throws Exception {
    String bootstrap = KafkaFixture.shared().bootstrapServers();
    Path plugins = folder.resolve("plugins");
    SourceWorker.unpack(plugins);
    String group = KafkaFixture.uniqueName("crash");
    try (VendorServer server = vendor.start()) {
      Source source = SourceWorker.source(bootstrap, vendor.config(server), null);
      try (ConnectProcess first =
          ConnectProcess.start(bootstrap, plugins, group, folder.resolve("first.log"))) {
        first.put(source.name(), source.config());
        first.awaitRunning(source.name());
        eventually("listening").until(() -> vendor.push(server, "a") > 0);
        source.eventsUpTo("a");
        awaitOffset(bootstrap, group + "-offsets", source.name());
        first.kill();
      }
      try (ConnectProcess second =
          ConnectProcess.start(bootstrap, plugins, group, folder.resolve("second.log"))) {
        second.awaitRunning(source.name());
        eventually("listening").until(() -> vendor.push(server, "b") > 0);

        assertThat(source.eventsUpTo("b"))
            .extracting(CloudEvent::getType)
            .filteredOn(type -> type.startsWith("io.millrace."))
            .containsExactly(ConnectionOpened.TYPE, ConnectionGap.TYPE);
      }
    }
  }

  /** Connect writes offsets every now and then; until it has, a crash leaves nothing to go by. */
  private static void awaitOffset(String bootstrap, String topic, String connector) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> keys = new ArrayList<>();
      eventually("offset written")
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                  keys.add(new String(each.key(), StandardCharsets.UTF_8));
                }
                return keys.stream().filter(key -> key.contains(connector)).count() > 0;
              });
    }
  }
}
