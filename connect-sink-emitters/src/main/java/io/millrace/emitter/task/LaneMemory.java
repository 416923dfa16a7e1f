package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.Resume;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What outlives a task: how its lanes fared, and which activation their positions are due to. */
interface LaneMemory {

  /**
   * What is known of a lane.
   *
   * @param status what was last reported of it; absent for nothing
   * @param generation of the activation that its committed position is due to
   */
  record Recollection(@Nullable EmitterStatus status, long generation) {
    static final Recollection NOTHING = new Recollection(null, 0);
  }

  /** Begins to find out what is known of lanes that whoever had them before has left by now. */
  CompletionStage<Map<TopicPartition, Recollection>> recall(Collection<TopicPartition> partitions);

  /**
   * Begins to find out where a lane shall go on that resumes from {@code now} or from a time. The
   * answer stays the same however often it is asked for, unless nothing stands there yet.
   */
  CompletionStage<Long> position(TopicPartition partition, Resume resume);

  /** What a commit of a lane's position says beside it, so that both are there or neither. */
  String mark(long generation);

  /** Begins to make a status known; only the last of a lane matters. Never waits. */
  void report(TopicPartition partition, EmitterStatus status);

  /** The emitter of the partition is no more. */
  void forget(TopicPartition partition);

  /** Waits until what was reported is durable, but no longer than this. */
  void flush(Duration most);
}
