package io.millrace.emitter.task;

import org.apache.kafka.common.TopicPartition;

/** Direct mode: one emitter, whatever the partition. */
record InlineDefinition(EmitterSpec spec) implements Definitions {

  @Override
  public String emitterId(TopicPartition partition) {
    return spec.id();
  }

  @Override
  public EmitterSpec spec(TopicPartition partition) {
    return spec;
  }

  @Override
  public long version() {
    return 0;
  }
}
