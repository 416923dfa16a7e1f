package io.millrace.benchmarks.router;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How fast records arrive in topics of one partition each, by the ends of their logs. */
final class Arrivals implements AutoCloseable {

  private static final long LOOK_MS = 20;
  private static final long TIMEOUT_S = 300;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> places;
  private long before;

  Arrivals(String bootstrapServers, List<String> topics) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.places = topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
  }

  /** What is there already does not count. */
  void begin() {
    before = ends();
  }

  /**
   * Waits for so many records.
   *
   * @return how many a second, between the first tenth and the last
   */
  Rate await(int records) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
    long first = 0;
    long firstAt = 0;
    long cpu = 0;
    while (System.nanoTime() < deadline) {
      long arrived = ends() - before;
      long now = System.nanoTime();
      if (firstAt == 0 && arrived >= records / 10) {
        first = arrived;
        firstAt = now;
        cpu = PROCESS.getProcessCpuTime();
      }
      if (arrived >= records) {
        double counted = (arrived - first) * 1e9;
        return new Rate(counted / (now - firstAt), counted / (PROCESS.getProcessCpuTime() - cpu));
      }
      Thread.sleep(LOOK_MS);
    }
    throw new IllegalStateException("only " + (ends() - before) + " records arrived");
  }

  @Override
  public void close() {
    consumer.close();
  }

  private long ends() {
    return consumer.endOffsets(places).values().stream().mapToLong(Long::longValue).sum();
  }
}
