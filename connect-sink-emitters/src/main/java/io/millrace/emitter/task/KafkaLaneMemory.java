package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.Resume;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Lanes are remembered in the topic of statuses, and the generation of their position in the
 * metadata of the committed offset itself: a crash can come between two writes, but not into one.
 * For use by the task's thread.
 */
final class KafkaLaneMemory implements LaneMemory {

  private static final Pattern MARK = Pattern.compile("generation=(\\d{1,18})");

  private final Admin admin;
  private final StatusLog statuses;
  private final @Nullable String group;
  private final Function<TopicPartition, String> keys;

  /**
   * Over clients that whoever opened them closes.
   *
   * @param group the consumer group of the connector; absent where no activation ever comes
   * @param keys under which a partition's status stands
   */
  KafkaLaneMemory(
      Admin admin,
      StatusLog statuses,
      @Nullable String group,
      Function<TopicPartition, String> keys) {
    this.admin = admin;
    this.statuses = statuses;
    this.group = group;
    this.keys = keys;
  }

  @Override
  public CompletionStage<Map<TopicPartition, Recollection>> recall(
      Collection<TopicPartition> partitions) {
    return statuses
        .upToDate(admin)
        .thenCombine(
            committed(partitions),
            (upToDate, offsets) -> {
              Map<TopicPartition, Recollection> known = new HashMap<>();
              partitions.forEach(
                  partition ->
                      known.put(partition, recollection(partition, offsets.get(partition))));
              return known;
            });
  }

  @Override
  public CompletionStage<Long> position(TopicPartition partition, Resume resume) {
    Instant from = resume.time() == null ? resume.requested() : resume.time();
    // The end is asked for first: what comes between the two questions is not passed over.
    return offset(partition, OffsetSpec.latest())
        .thenCompose(
            end -> offset(partition, since(from)).thenApply(found -> found < 0 ? end : found));
  }

  // Kafka has other meanings for times before 1970, or none.
  static OffsetSpec since(Instant from) {
    return from.isBefore(Instant.EPOCH)
        ? OffsetSpec.earliest()
        : OffsetSpec.forTimestamp(from.toEpochMilli());
  }

  @Override
  public String mark(long generation) {
    return group == null ? "" : "generation=" + generation;
  }

  @Override
  public void report(TopicPartition partition, EmitterStatus status) {
    statuses.write(keys.apply(partition), status);
  }

  @Override
  public void forget(TopicPartition partition) {
    statuses.write(keys.apply(partition), null);
  }

  @Override
  public void flush(Duration most) {
    statuses.flush(most);
  }

  private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> committed(
      Collection<TopicPartition> partitions) {
    if (group == null) {
      return CompletableFuture.completedStage(Map.of());
    }
    return admin
        .listConsumerGroupOffsets(
            Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
        .partitionsToOffsetAndMetadata(group)
        .toCompletionStage();
  }

  private Recollection recollection(TopicPartition partition, @Nullable OffsetAndMetadata offset) {
    EmitterStatus status = statuses.get(keys.apply(partition));
    if (group == null && status != null && status.state() == EmitterStatus.State.DISABLED) {
      return Recollection.NOTHING; // Nothing but a restart could enable it again.
    }
    if (offset == null) {
      return new Recollection(status, 0);
    }
    Matcher mark = MARK.matcher(offset.metadata());
    if (mark.matches()) {
      return new Recollection(status, Long.parseLong(mark.group(1)));
    }
    // Somebody else has set the position.
    return new Recollection(status, status == null ? 0 : status.generation());
  }

  private CompletableFuture<Long> offset(TopicPartition partition, OffsetSpec spec) {
    return admin
        .listOffsets(Map.of(partition, spec))
        .partitionResult(partition)
        .toCompletionStage()
        .toCompletableFuture()
        .thenApply(ListOffsetsResultInfo::offset);
  }
}
