package io.millrace.gateway.stream;

import java.time.Duration;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads pieces of streams. Belongs to one thread. */
public interface PastReader {

  /**
   * Reads what comes first at or after an offset, waiting a little; the block may be empty, and may
   * end where it begins.
   *
   * @throws OffsetOutOfRangeException if the log begins later or ends before
   */
  Block read(TopicPartition partition, long from, Duration patience);

  /** Offset of the oldest record. */
  long beginning(TopicPartition partition);

  /** Offset after the newest record. */
  long end(TopicPartition partition);
}
