package io.millrace.gateway.stream;

import org.apache.kafka.common.TopicPartition;

/** Wants to hear of all partitions of a stream, also of those that it will get. */
@FunctionalInterface
public interface HeadFollower {

  /**
   * Gives the listener of a partition, which hears of what comes from now on, or of everything if
   * the partition is new. All that there are at first are asked for before any of them begins.
   * Called once for each partition, by the thread that reads the stream.
   */
  HeadListener partition(TopicPartition partition);
}
