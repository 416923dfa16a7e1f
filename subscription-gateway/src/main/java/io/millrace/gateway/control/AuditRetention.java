package io.millrace.gateway.control;

import io.millrace.model.audit.AuditTail;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the old entries of audit logs, and never the newest, however old: the next entry is tied
 * to it. Kafka's own retention knows no such exception. For use by one thread.
 */
final class AuditRetention {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
  private static final Duration PAUSE = Duration.ofMinutes(10);

  private final Admin admin;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String prefix;
  private final @Nullable Duration retention;
  private final Clock clock;
  private long nextRun;

  /**
   * Does nothing yet.
   *
   * @param consumers makes one that reads what is committed only
   * @param retention absent for ever
   */
  AuditRetention(
      Admin admin,
      Supplier<Consumer<byte[], byte[]>> consumers,
      MillraceTopics topics,
      @Nullable Duration retention,
      Clock clock) {
    this.admin = admin;
    this.consumers = consumers;
    this.prefix = topics.auditPrefix();
    this.retention = retention;
    this.clock = clock;
  }

  /** A consumer for it, from what all Kafka clients are told. */
  static Consumer<byte[], byte[]> consumer(Map<String, ?> clientConfig) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(config, bytes, bytes);
  }

  /** Looks through the logs now and then; what fails is tried again the next time. */
  void run(Set<String> topics) throws InterruptedException {
    if (retention == null || clock.millis() < nextRun) {
      return;
    }
    nextRun = clock.millis() + PAUSE.toMillis();
    List<TopicPartition> logs =
        topics.stream()
            .filter(topic -> topic.startsWith(prefix))
            .map(topic -> new TopicPartition(topic, 0))
            .toList();
    try {
      prune(logs, clock.millis() - retention.toMillis());
    } catch (ExecutionException | KafkaException e) {
      LOG.warn("Old entries of audit logs could not be removed", e);
    }
  }

  private void prune(List<TopicPartition> logs, long oldest)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    logs.forEach(log -> asked.put(log, OffsetSpec.forTimestamp(oldest)));
    Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach(
              (log, kept) -> {
                // What ends a transaction has an offset and a time too, and is no entry.
                long newest = AuditTail.read(consumer, log.topic()).offset();
                long before = kept.offset() < 0 ? newest : Math.min(newest, kept.offset());
                if (before > 0) {
                  old.put(log, RecordsToDelete.beforeOffset(before));
                }
              });
    }
    admin.deleteRecords(old).all().get();
  }
}
