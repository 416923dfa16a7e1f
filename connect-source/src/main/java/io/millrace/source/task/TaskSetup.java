package io.millrace.source.task;

import java.time.Clock;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    DoubleSupplier random,
    Sleeper sleeper) {

  private static final Logger LOG = LoggerFactory.getLogger(TaskSetup.class);

  public TaskSetup {
    props = Map.copyOf(props);
    offset = Map.copyOf(offset);
  }

  /**
   * Something came in that is no event: the task fails, unless Connect's {@code errors.tolerance}
   * is {@code all}; then it is left out, counted and logged.
   *
   * @param sentence which one it is and what is wrong with it, without what it holds
   * @throws ConnectException unless malformed events are tolerated
   */
  public void malformed(String sentence) {
    tally.malformed(1);
    if (!"all".equalsIgnoreCase(props.get("errors.tolerance"))) {
      throw new ConnectException(sentence + "; with errors.tolerance all it would be left out");
    }
    LOG.warn("{}: left out", sentence);
  }
}
