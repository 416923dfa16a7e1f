package io.millrace.emitter.task;

import io.millrace.emitter.lane.Tally;
import java.util.LinkedHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task shows among Connect's own metrics, which add the connector and the task. */
final class TaskMetrics {

  /** Events that endpoints have taken since the task's start. */
  static final String DELIVERED = "events-delivered-total";

  /** Failed attempts since the task's start that are made again, one for each event in them. */
  static final String RETRIED = "events-retried-total";

  /** Events since the task's start that stand in the dead letters. */
  static final String REJECTED = "events-rejected-total";

  /** Lanes of the task that are disabled now. */
  static final String DISABLED = "lanes-disabled";

  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

  private TaskMetrics() {}

  /** Adds the metrics, where the worker has any: those before Kafka 4.1 have none for plug-ins. */
  static void register(SinkTaskContext context, Tally tally, IntSupplier disabled) {
    try {
      PluginMetrics metrics = context.pluginMetrics();
      add(metrics, DELIVERED, "Events that endpoints have taken", tally::delivered);
      add(metrics, RETRIED, "Failed attempts that are made again, by event", tally::retried);
      add(metrics, REJECTED, "Events put in the dead letters", tally::rejected);
      add(metrics, DISABLED, "Lanes that are disabled now", disabled::getAsInt);
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      LOG.info("This worker is too old to show the metrics of its plug-ins");
    }
  }

  private static void add(
      PluginMetrics metrics, String name, String description, LongSupplier value) {
    Gauge<Long> gauge = (config, now) -> value.getAsLong();
    metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), gauge);
  }
}
