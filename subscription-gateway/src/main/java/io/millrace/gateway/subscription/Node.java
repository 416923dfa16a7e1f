package io.millrace.gateway.subscription;

import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** This gateway, as one of those that serve subscriptions: what it reads, writes and asks. */
record Node(
    String name,
    MillraceTopics topics,
    Registry registry,
    Streams streams,
    RecordFollower follower,
    RecordWriter writer,
    Ends ends,
    Acknowledging acknowledging,
    Sessions sessions,
    Executor executor,
    FilterCheck filters,
    Quota quota,
    Set<String> checkedStreams) {

  Node(
      String name,
      MillraceTopics topics,
      Registry registry,
      Streams streams,
      RecordFollower follower,
      RecordWriter writer,
      Ends ends,
      Acknowledging acknowledging,
      Sessions sessions,
      Executor executor,
      Quota quota) {
    this(
        name,
        topics,
        registry,
        streams,
        follower,
        writer,
        ends,
        acknowledging,
        sessions,
        executor,
        new FilterCheck(),
        quota,
        ConcurrentHashMap.newKeySet());
  }

  /** Completes when everything that stands in the topic of subscriptions now was read. */
  CompletionStage<Void> read() {
    return ends.end(new TopicPartition(topics.subscriptions(), 0)).thenCompose(follower::reached);
  }

  /** Writes a record; completes when it has been read back, and so everything before it. */
  CompletionStage<Void> put(SubscriptionKey key, byte @Nullable [] value) {
    return writer.put(key, value).thenCompose(offset -> follower.reached(offset + 1));
  }

  /** Id of the newest event of a stream; 0 if it has none. */
  CompletionStage<Long> end(String stream) {
    return ends.end(streams.partition(stream));
  }

  /** Completes if this can be subscribed to. */
  CompletionStage<Void> check(SubscriptionDefinition definition) {
    filters.check(definition.filter());
    return checkStream(definition.stream());
  }

  /**
   * Fails for a position that no event has.
   *
   * @param end id of the stream's newest event
   */
  static void checkPosition(String stream, long position, long end) {
    if (position < 0 || position > end) {
      throw new SubscriptionException(
          Reason.INVALID,
          "Stream %s has no event %d: its newest is %d.".formatted(stream, position, end));
    }
  }

  /** Completes if the stream has one partition; fails if it has more, or is not there. */
  CompletionStage<Void> checkStream(String stream) {
    if (checkedStreams.contains(stream)) {
      return CompletableFuture.completedFuture(null);
    }
    return ends.partitions(topics.stream(stream))
        .handle(
            (partitions, failure) -> {
              check(stream, partitions, failure);
              checkedStreams.add(stream);
              return null;
            });
  }

  private static void check(
      String stream, @Nullable Integer partitions, @Nullable Throwable failure) {
    if (failure != null || partitions == null) {
      Throwable cause = failure == null ? null : Causes.of(failure);
      if (cause instanceof UnknownTopicOrPartitionException) {
        throw new SubscriptionException(Reason.INVALID, "There is no stream " + stream + ".");
      }
      throw new SubscriptionException(
          Reason.UNAVAILABLE, "Kafka does not tell about stream " + stream + ".", cause);
    }
    if (partitions != 1) {
      throw new SubscriptionException(
          Reason.INVALID,
          "Stream %s has %d partitions: only one has an order to subscribe to."
              .formatted(stream, partitions));
    }
  }
}
