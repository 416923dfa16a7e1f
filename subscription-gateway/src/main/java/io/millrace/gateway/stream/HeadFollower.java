package io.millrace.gateway.stream;

import org.apache.kafka.common.TopicPartition;

/** Wants to hear of all partitions of a stream, also of those that it will get. */
@FunctionalInterface
public interface HeadFollower {

  /** Called once for each partition, by the thread that reads the stream. */
  HeadListener partition(TopicPartition partition);
}
