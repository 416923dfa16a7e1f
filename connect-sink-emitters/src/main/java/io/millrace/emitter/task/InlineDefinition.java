package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterParameters;
import org.apache.kafka.common.TopicPartition;

/** Direct mode: one emitter, whatever the partition. */
record InlineDefinition(String id, EmitterParameters parameters) implements Definitions {

  @Override
  public String emitterId(TopicPartition partition) {
    return id;
  }

  @Override
  public EmitterParameters parameters(TopicPartition partition) {
    return parameters;
  }

  @Override
  public long version() {
    return 0;
  }
}
