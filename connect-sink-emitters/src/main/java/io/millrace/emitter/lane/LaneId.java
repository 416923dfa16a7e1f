package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.ResourceName;
import org.apache.kafka.common.TopicPartition;

/** Whose lane it is; in direct mode the emitter's id is the connector's name. */
public record LaneId(EmitterType type, String emitterId, TopicPartition partition) {

  /** The emitter's id as a status can have it: a connector's name may hold anything. */
  String statusId() {
    if (ResourceName.isValid(emitterId)) {
      return emitterId;
    }
    String plain = "connector-" + emitterId.replaceAll("[^A-Za-z0-9_-]", "_");
    return plain.length() > 100 ? plain.substring(0, 100) : plain;
  }

  /** For people. */
  @Override
  public String toString() {
    return type.wireName() + " emitter " + emitterId + " (" + partition + ")";
  }
}
