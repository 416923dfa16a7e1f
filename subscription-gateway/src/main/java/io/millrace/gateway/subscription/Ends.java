package io.millrace.gateway.subscription;

import io.millrace.gateway.failure.Causes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker where logs begin and end. The answers come on the client's thread. */
final class Ends {

  private static final int TIMEOUT_MILLIS = 15_000;

  // A topic that was just created is not known everywhere at once.
  private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long AGAIN_MILLIS = 100;

  private final Admin admin;
  private final Map<TopicPartition, SharedQuestion<Long>> ends = new ConcurrentHashMap<>();
  private final Map<TopicPartition, SharedQuestion<Long>> beginnings = new ConcurrentHashMap<>();

  Ends(Admin admin) {
    this.admin = admin;
  }

  /** The offset after the last record that readers get to see. */
  CompletableFuture<Long> end(TopicPartition partition) {
    return ends.computeIfAbsent(
            partition, unknown -> new SharedQuestion<>(() -> ask(partition, OffsetSpec.latest())))
        .ask();
  }

  /** The offset of the oldest record. */
  CompletableFuture<Long> beginning(TopicPartition partition) {
    return beginnings
        .computeIfAbsent(
            partition, unknown -> new SharedQuestion<>(() -> ask(partition, OffsetSpec.earliest())))
        .ask();
  }

  /** The offset of the first record of this time or later, in milliseconds; empty without one. */
  CompletableFuture<OptionalLong> since(TopicPartition partition, long time) {
    return ask(partition, OffsetSpec.forTimestamp(time))
        .thenApply(found -> found < 0 ? OptionalLong.empty() : OptionalLong.of(found));
  }

  /** How many partitions a topic has. */
  CompletableFuture<Integer> partitions(String topic) {
    var described = admin.describeTopics(List.of(topic)).topicNameValues();
    return Objects.requireNonNull(described.get(topic))
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(description -> description.partitions().size());
  }

  private CompletableFuture<Long> ask(TopicPartition partition, OffsetSpec spec) {
    return ask(partition, spec, System.nanoTime() + NEWS_NANOS);
  }

  private CompletableFuture<Long> ask(
      TopicPartition partition, OffsetSpec spec, long unknownUntil) {
    return askOnce(partition, spec)
        .exceptionallyCompose(
            failure ->
                Causes.of(failure) instanceof UnknownTopicOrPartitionException
                        && System.nanoTime() - unknownUntil < 0
                    ? CompletableFuture.runAsync(() -> {}, soon())
                        .thenCompose(nothing -> ask(partition, spec, unknownUntil))
                    : CompletableFuture.failedFuture(failure));
  }

  private static Executor soon() {
    return CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
  }

  private CompletableFuture<Long> askOnce(TopicPartition partition, OffsetSpec spec) {
    ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    options.timeoutMs(TIMEOUT_MILLIS);
    return admin
        .listOffsets(Map.of(partition, spec), options)
        .partitionResult(partition)
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(result -> result.offset());
  }
}
