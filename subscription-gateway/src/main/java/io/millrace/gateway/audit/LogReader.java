package io.millrace.gateway.audit;

import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of one audit log, up to what was stored when the reading began. For one thread at a
 * time.
 */
final class LogReader implements AutoCloseable {

  // What a download holds in memory, about, and how long it keeps a thread while there is nothing.
  private static final int FETCH_BYTES = 1 << 20;
  private static final int MOST_ENTRIES = 100;
  private static final Duration POLL = Duration.ofMillis(250);
  // An entry whose writer died is given up by the broker within less.
  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  private final Map<String, Object> clientConfig;
  private final Admin admin;
  private final TopicPartition partition;
  private final AuditRange range;
  private final LongSupplier nanos;
  private @Nullable KafkaConsumer<byte[], byte[]> consumer;
  private long end;
  private long progress;
  private boolean done;

  /** Contacts nobody yet. */
  LogReader(
      Map<String, Object> clientConfig,
      Admin admin,
      String log,
      AuditRange range,
      LongSupplier nanos) {
    this.clientConfig = clientConfig;
    this.admin = admin;
    this.partition = new TopicPartition(log, 0);
    this.range = range;
    this.nanos = nanos;
  }

  /**
   * The next entries, perhaps none yet; null at the end.
   *
   * @throws IOException if the log does not go on
   */
  @Nullable List<AuditEntry> next() throws IOException, InterruptedException {
    if (consumer == null && !done) {
      open();
    }
    KafkaConsumer<byte[], byte[]> open = consumer;
    if (done || open == null || open.position(partition) >= end) {
      return null;
    }
    long before = open.position(partition);
    List<AuditEntry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : open.poll(POLL)) {
      AuditEntry entry = AuditRecords.read(record);
      done |= record.offset() >= end || range.isBefore(entry.time());
      if (!done && !range.isAfter(entry.time())) {
        entries.add(entry);
      }
    }
    watch(open.position(partition) > before);
    return entries;
  }

  @Override
  public void close() {
    KafkaConsumer<byte[], byte[]> open = consumer;
    consumer = null;
    done = true;
    if (open != null) {
      open.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private void watch(boolean progressed) throws IOException {
    long now = nanos.getAsLong();
    if (progressed) {
      progress = now;
    } else if (now - progress > PATIENCE) {
      throw new IOException("the audit log " + partition.topic() + " does not go on");
    }
  }

  /** Entries that are being written are waited for: their time may lie in the range. */
  private void open() throws InterruptedException {
    Instant from = range.from();
    // Kafka has other meanings for times before 1970, or none.
    OffsetSpec begin =
        from == null || from.isBefore(Instant.EPOCH)
            ? OffsetSpec.earliest()
            : OffsetSpec.forTimestamp(from.toEpochMilli());
    long first = offset(begin);
    end = first < 0 ? -1 : offset(OffsetSpec.latest());
    progress = nanos.getAsLong();
    if (first < 0 || first >= end) {
      done = true;
      return;
    }
    Map<String, Object> settings = new HashMap<>(clientConfig);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_ENTRIES);
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    KafkaConsumer<byte[], byte[]> opened = new KafkaConsumer<>(settings, bytes, bytes);
    consumer = opened;
    opened.assign(List.of(partition));
    opened.seek(partition, first);
  }

  /** Negative if there is none, or no log yet. */
  private long offset(OffsetSpec wanted) throws InterruptedException {
    try {
      ListOffsetsResultInfo info =
          admin.listOffsets(Map.of(partition, wanted)).partitionResult(partition).get();
      return info.offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return -1;
      }
      throw new KafkaException(
          "the audit log " + partition.topic() + " cannot be read", e.getCause());
    }
  }
}
