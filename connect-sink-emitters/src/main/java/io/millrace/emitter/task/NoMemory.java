package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.Resume;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** Direct mode without brokers to keep anything in: lanes begin anew with each task. */
final class NoMemory implements LaneMemory {

  @Override
  public CompletionStage<Map<TopicPartition, Recollection>> recall(
      Collection<TopicPartition> partitions) {
    return CompletableFuture.completedStage(
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> Recollection.NOTHING)));
  }

  @Override
  public CompletionStage<Long> position(TopicPartition partition, Resume resume) {
    return CompletableFuture.failedStage(
        new UnsupportedOperationException("only defined emitters are enabled anew"));
  }

  @Override
  public String mark(long generation) {
    return "";
  }

  @Override
  public void report(TopicPartition partition, EmitterStatus status) {}

  @Override
  public void forget(TopicPartition partition) {}

  @Override
  public void flush(Duration most) {}
}
