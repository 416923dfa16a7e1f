package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterParameters;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Which emitter a partition's events are for, and what it is told. */
interface Definitions {

  String emitterId(TopicPartition partition);

  /** Absent while the emitter is not defined, or is of another type. */
  @Nullable EmitterParameters parameters(TopicPartition partition);

  /** Changes whenever parameters may have changed. */
  long version();
}
