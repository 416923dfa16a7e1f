package io.millrace.gateway.stream;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** The past of one partition: blocks of it that are kept for those who read at nearby places. */
public final class Past {

  private final TopicPartition partition;
  private final Blocks blocks;

  /** Keeps at most so many bytes. */
  public Past(TopicPartition partition, long bytes) {
    this.partition = partition;
    this.blocks = new Blocks(bytes);
  }

  /** The block that has an offset, or as much as there is of it: from memory, else from Kafka. */
  public Block read(PastReader reader, long offset, Duration patience) {
    Block kept = blocks.find(offset);
    if (kept != null) {
      return kept;
    }
    Block read = reader.read(partition, offset, patience);
    if (read.to() > read.from()) {
      blocks.add(read);
    }
    return read;
  }

  /** The same, for who reads on and never comes back. */
  public Block readOnce(PastReader reader, long offset, Duration patience) {
    Block kept = blocks.find(offset);
    return kept == null ? reader.read(partition, offset, patience) : kept;
  }
}
