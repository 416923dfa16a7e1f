package io.millrace.source.task;

import java.time.Clock;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * What a task's reader is made of.
 *
 * @param connector the connector's name
 * @param props the connector's whole configuration
 * @param offset where the last event that Kafka has was; empty where there was none yet
 * @param tally counts for the task's metrics
 * @param random gives numbers from 0 to 1; used by several threads
 */
public record TaskSetup(
    String connector,
    Map<String, String> props,
    Map<String, Object> offset,
    Tally tally,
    Clock clock,
    DoubleSupplier random) {

  public TaskSetup {
    props = Map.copyOf(props);
    offset = Map.copyOf(offset);
  }
}
