package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterType;
import org.apache.kafka.common.TopicPartition;

/** Whose lane it is. */
public record LaneId(EmitterType type, String emitterId, TopicPartition partition) {

  /** For people. */
  @Override
  public String toString() {
    return type.wireName() + " emitter " + emitterId + " (" + partition + ")";
  }
}
