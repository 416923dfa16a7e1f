package io.millrace.emitter.task;

import io.millrace.model.emitter.Activation;
import org.apache.kafka.common.TopicPartition;

/** Direct mode: one emitter, whatever the partition. */
record InlineDefinition(EmitterSpec spec) implements Definitions {

  @Override
  public String emitterId(TopicPartition partition) {
    return spec.id();
  }

  @Override
  public Desired desired(TopicPartition partition) {
    return new Desired(spec, Activation.INITIAL);
  }

  @Override
  public long version() {
    return 0;
  }
}
