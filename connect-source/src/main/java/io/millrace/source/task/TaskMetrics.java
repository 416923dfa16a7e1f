package io.millrace.source.task;

import java.util.LinkedHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task shows among Connect's own metrics, which add the connector and the task. */
final class TaskMetrics {

  /** Events that have come in since the task's start. */
  static final String RECEIVED = "events-received-total";

  /** Events since the task's start that Kafka has. */
  static final String IN_KAFKA = "events-in-kafka-total";

  /** Events since the task's start that came again and were dropped. */
  static final String DUPLICATES = "events-duplicate-total";

  /** Messages since the task's start that could not be read as events. */
  static final String MALFORMED = "events-malformed-total";

  /** Events that wait for Connect now. */
  static final String BUFFERED = "events-buffered";

  /** Failures since the task's start after which the vendor is called again. */
  static final String FAILURES = "connection-failures-total";

  /** Times without connection since the task's start that may have cost events. */
  static final String GAPS = "connection-gaps-total";

  /** 1 while the connection works, else 0. */
  static final String CONNECTED = "connected";

  private static final Logger LOG = LoggerFactory.getLogger(TaskMetrics.class);

  private TaskMetrics() {}

  /** Adds the metrics, where the worker has any: those before Kafka 4.1 have none for plug-ins. */
  static void register(SourceTaskContext context, Tally tally, IntSupplier buffered) {
    try {
      PluginMetrics metrics = context.pluginMetrics();
      add(metrics, RECEIVED, "Events that have come in", tally::received);
      add(metrics, IN_KAFKA, "Events that Kafka has", tally::inKafka);
      add(metrics, DUPLICATES, "Events that came again and were dropped", tally::duplicates);
      add(metrics, MALFORMED, "Messages that could not be read as events", tally::malformed);
      add(metrics, BUFFERED, "Events that wait for Connect now", buffered::getAsInt);
      add(metrics, FAILURES, "Failures after which the vendor is called again", tally::failures);
      add(metrics, GAPS, "Times without connection that may have cost events", tally::gaps);
      add(metrics, CONNECTED, "1 while the connection works", () -> tally.connected() ? 1 : 0);
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
