package io.millrace.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Drives a task as Connect does, without a worker and without Kafka. */
public final class TaskDriver implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SourceTask task;
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
  private Map<String, Object> offset;

  /**
   * Starts the task.
   *
   * @param offset what Connect remembers; null for nothing
   */
  public TaskDriver(SourceTask task, Map<String, String> props, Map<String, Object> offset) {
    this.task = task;
    this.offset = offset;
    task.initialize(new Context(props));
    task.start(props);
  }

  /** Polls until there are so many records, and remembers the last one's offset. */
  public List<SourceRecord> poll(int count) throws InterruptedException {
    List<SourceRecord> all = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (all.size() < count) {
      List<SourceRecord> polled = task.poll();
      if (polled != null) {
        all.addAll(polled);
      } else if (System.nanoTime() > end) {
        throw new AssertionError("only " + all.size() + " of " + count + " records came");
      }
    }
    offset = new HashMap<>(all.get(all.size() - 1).sourceOffset());
    return all;
  }

  /** Polls until the task fails, and gives that. */
  public RuntimeException pollUntilFailure() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        task.poll();
      } catch (RuntimeException e) {
        return e;
      }
    }
    throw new AssertionError("the task does not fail");
  }

  /** Kafka has this record. */
  public void acknowledge(SourceRecord record) throws InterruptedException {
    task.commitRecord(record, null);
  }

  /** What Connect would remember: the offset of the last record that was polled. */
  public Map<String, Object> offset() {
    return offset;
  }

  /** A metric of the task. */
  public long metric(String name) {
    return ((Number) gauges.get(name).value(null, 0)).longValue();
  }

  @Override
  public void close() {
    task.stop();
  }

  private final class Context implements SourceTaskContext, OffsetStorageReader, PluginMetrics {
    private final Map<String, String> props;

    Context(Map<String, String> props) {
      this.props = props;
    }

    @Override
    public Map<String, String> configs() {
      return props;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public TransactionContext transactionContext() {
      return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return this;
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return offset;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    @SuppressWarnings("NonApiType") // As Kafka has it.
    public MetricName metricName(
        String name, String description, LinkedHashMap<String, String> tags) {
      return new MetricName(name, "", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> provider) {
      gauges.put(name.name(), (Gauge<?>) provider);
    }

    @Override
    public void removeMetric(MetricName name) {
      gauges.remove(name.name());
    }

    @Override
    public Sensor addSensor(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {}
  }
}
