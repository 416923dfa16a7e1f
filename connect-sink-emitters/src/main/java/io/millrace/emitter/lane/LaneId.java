package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterType;
import org.apache.kafka.common.TopicPartition;

/**
 * Whose lane it is.
 *
 * @param emitterId in direct mode the connector's name, which may be any text
 * @param statusId the id that the lane's status names
 */
public record LaneId(
    EmitterType type, String emitterId, String statusId, TopicPartition partition) {

  private static final int LONGEST_ID = 100;

  /** Of an emitter that is defined. */
  public LaneId(EmitterType type, String emitterId, TopicPartition partition) {
    this(type, emitterId, emitterId, partition);
  }

  /** Direct mode: the status must not be taken for that of an emitter with the connector's name. */
  public static LaneId direct(EmitterType type, String connector, TopicPartition partition) {
    String plain = "connector-" + connector.replaceAll("[^A-Za-z0-9_-]", "_");
    return new LaneId(
        type, connector, plain.substring(0, Math.min(plain.length(), LONGEST_ID)), partition);
  }

  /** For people. */
  @Override
  public String toString() {
    return type.wireName() + " emitter " + emitterId + " (" + partition + ")";
  }
}
