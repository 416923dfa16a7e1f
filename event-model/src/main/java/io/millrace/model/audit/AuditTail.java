package io.millrace.model.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The newest entry of an audit log.
 *
 * @param link what the next entry is tied to
 * @param source what the entry was made from; empty in an empty log
 * @param offset where it stands; -1 in an empty log
 */
public record AuditTail(ChainLink link, Optional<AuditSource> source, long offset) {

  private static final AuditTail NONE = new AuditTail(ChainLink.START, Optional.empty(), -1);

  // An entry and the marker that ends its transaction; then more, since others may stand between.
  private static final long FIRST_LOOK = 2;
  private static final int FACTOR = 16;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_EMPTY_POLLS = 20;

  /**
   * Reads it.
   *
   * @param consumer reads what is committed only; it is left at the end of the log
   */
  public static AuditTail read(Consumer<byte[], byte[]> consumer, String log) {
    TopicPartition partition = new TopicPartition(log, 0);
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    long begin = position(consumer.beginningOffsets(only), partition);
    long end = position(consumer.endOffsets(only), partition);
    for (long look = FIRST_LOOK; ; look *= FACTOR) {
      long from = Math.max(begin, end - look);
      ConsumerRecord<byte[], byte[]> last = last(consumer, partition, from, end);
      if (last != null) {
        return new AuditTail(
            AuditRecords.read(last).link(), Optional.of(AuditRecords.source(last)), last.offset());
      }
      if (from == begin) {
        return NONE;
      }
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> last(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
    consumer.seek(partition, from);
    ConsumerRecord<byte[], byte[]> last = null;
    int empty = 0;
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        last = record;
      }
      empty = consumer.position(partition) > before ? 0 : empty + 1;
      if (empty == MOST_EMPTY_POLLS) {
        throw new TimeoutException("the end of " + partition.topic() + " could not be read");
      }
    }
    return last;
  }

  private static long position(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }
}
