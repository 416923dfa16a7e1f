package io.millrace.emitter.task;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Which emitter a partition's events are for, and what it is told. */
interface Definitions {

  String emitterId(TopicPartition partition);

  /** Absent while the emitter is not defined, or is of another type. */
  @Nullable Desired desired(TopicPartition partition);

  /** Changes whenever an emitter may have changed. */
  long version();
}
