package io.millrace.source.task;

import io.millrace.source.config.BufferConfig;
import io.millrace.source.config.RetryConfig;
import io.millrace.source.record.RecordConfig;
import io.millrace.source.record.SourceRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Hands Connect what its vendor's reader has brought in. One poll gives whole batches, so that with
 * exactly-once support a transaction does.
 */
public abstract class EventSourceTask extends SourceTask {

  private static final int MOST_EVENTS = 2_000;
  private static final long WAIT_MILLIS = 500;

  private final SourceKind kind;
  private final Watermark watermark = new Watermark();
  private final Tally tally = new Tally();
  private Map<String, String> partition = Map.of();
  // Volatile: Connect may stop a task on another thread than it polls it.
  private volatile @Nullable Running running;

  protected EventSourceTask(SourceKind kind) {
    this.kind = kind;
  }

  private record Running(SourceRecords records, Intake intake, ReadingThread thread) {}

  @Override
  public void start(Map<String, String> props) {
    // Connect finds offsets by the bytes of this map: its order must outlive the JVM.
    partition = new TreeMap<>(kind.partition(props));
    SourceRecords records = new SourceRecords(new RecordConfig(props));
    BufferConfig buffer = new BufferConfig(props);
    Intake intake = new Intake(buffer.events(), buffer.bytes(), tally);
    TaskMetrics.register(context, tally, intake::events);
    Reader reader = kind.open(setup(props));
    ReadLoop loop =
        new ReadLoop(
            reader,
            intake,
            new RetryConfig(props).backoff(EventSourceTask::random),
            tally,
            EventSourceTask::sleep);
    String name = "millrace-source-" + props.getOrDefault("name", "");
    running = new Running(records, intake, ReadingThread.start(name, loop, reader));
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    Running now = running;
    if (now == null) {
      return null;
    }
    List<SourceRecord> polled = new ArrayList<>();
    for (Batch batch : now.intake().take(MOST_EVENTS, WAIT_MILLIS)) {
      Watermark.Pending pending = watermark.open(batch);
      for (Incoming each : batch.events()) {
        polled.add(
            new TrackedRecord(partition, each.offset(), now.records().of(each.event()), pending));
      }
    }
    if (polled.isEmpty()) {
      return null;
    }
    if (context.transactionContext() != null) {
      context.transactionContext().commitTransaction();
    }
    return polled;
  }

  @Override
  public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
    if (record instanceof TrackedRecord tracked) {
      tally.acknowledged();
      watermark.done(tracked.batch());
    }
  }

  @Override
  public void stop() {
    Running before = running;
    running = null;
    if (before != null) {
      before.thread().stop();
    }
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }

  private TaskSetup setup(Map<String, String> props) {
    Map<String, Object> offset = context.offsetStorageReader().offset(partition);
    return new TaskSetup(
        props.getOrDefault("name", ""),
        props,
        offset == null ? Map.of() : offset,
        tally,
        Clock.systemUTC(),
        EventSourceTask::random,
        EventSourceTask::sleep);
  }

  private static double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  private static void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
