package io.millrace.emitter.task;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Drives the lanes of one task. Connect calls {@link #put} also when there is nothing new, as soon
 * as the lanes asked for: it never waits, and never fails for an endpoint's sake.
 */
public abstract class EmitterTask extends SinkTask {

  private final EmitterKind kind;
  private @Nullable RunningTask running;

  protected EmitterTask(EmitterKind kind) {
    this.kind = kind;
  }

  @Override
  public void start(Map<String, String> props) {
    running = RunningTask.start(kind, props, context, Clock.systemUTC());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    running().lanes().open(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    LaneSet lanes = running().lanes();
    records.forEach(lanes::take);
    lanes.follow(context);
    running().deadLetters().advance();
    lanes.deliver();
    lanes.report();
    lanes.pace(context);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> consumed) {
    return running().lanes().settled(consumed, context);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    if (running != null) {
      running.lanes().close(partitions);
    }
  }

  @Override
  public void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }

  private RunningTask running() {
    if (running == null) {
      throw new IllegalStateException("the task was not started");
    }
    return running;
  }
}
