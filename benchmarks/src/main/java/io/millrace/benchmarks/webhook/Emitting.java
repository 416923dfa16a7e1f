package io.millrace.benchmarks.webhook;

import io.millrace.emitter.webhook.WebhookEmitterTask;
import io.millrace.model.event.EventRecords;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * The emitter's task with its lane, driven as Connect drives it, but fed from memory: what our
 * delivery costs apart from Kafka.
 */
final class Emitting {

  private static final TopicPartition PARTITION = new TopicPartition("load", 0);
  private static final int BATCH = 500;

  private final Context context = new Context();
  private final WebhookEmitterTask task = new WebhookEmitterTask();
  private final List<SinkRecord> records;

  Emitting(int events, byte[] data) {
    this.records = IntStream.range(0, events).mapToObj(i -> record(new Event(i, data))).toList();
  }

  /** Sends all events of a run as fast as it goes, or so many a second. */
  void send(URI url, Run run, int inFlight, int perSecond) {
    task.initialize(context);
    task.start(
        Map.of("name", "load", "url", url.toString(), "max.in.flight", Integer.toString(inFlight)));
    task.open(List.of(PARTITION));
    try {
      feed(run, perSecond);
    } finally {
      task.close(List.of(PARTITION));
      task.stop();
    }
  }

  private void feed(Run run, int perSecond) {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(120);
    int next = 0;
    while (!run.isComplete() && System.nanoTime() < end) {
      List<SinkRecord> batch = new ArrayList<>();
      while (!context.paused && next < run.events() && batch.size() < BATCH) {
        long due = perSecond == 0 ? start : start + next * 1_000_000_000L / perSecond;
        if (due > System.nanoTime()) {
          break;
        }
        run.due(next, due);
        batch.add(records.get(next++));
      }
      task.put(batch);
      task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(next)));
      if (batch.isEmpty()) {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private static SinkRecord record(Event event) {
    ProducerRecord<byte[], byte[]> written =
        EventRecords.write(PARTITION.topic(), event.cloudEvent());
    ConnectHeaders headers = new ConnectHeaders();
    written.headers().forEach(header -> headers.addBytes(header.key(), header.value()));
    return new SinkRecord(
        PARTITION.topic(),
        0,
        null,
        written.key(),
        null,
        written.value(),
        event.number(),
        0L,
        TimestampType.CREATE_TIME,
        headers);
  }

  private static final class Context implements SinkTaskContext {

    private boolean paused;

    @Override
    public Map<String, String> configs() {
      return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {}

    @Override
    public void offset(TopicPartition partition, long offset) {}

    @Override
    public void timeout(long timeoutMs) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.of(PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {
      paused = true;
    }

    @Override
    public void resume(TopicPartition... partitions) {
      paused = false;
    }

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
      throw new NoSuchMethodError("a worker without metrics of plug-ins");
    }
  }
}
