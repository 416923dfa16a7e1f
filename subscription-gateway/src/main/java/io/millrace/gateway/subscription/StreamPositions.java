package io.millrace.gateway.subscription;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Positions in streams, as the broker tells them now. A position is the id of an event: what comes
 * after it is what is to come; 0 stands before the first of all. Safe for use by several threads.
 * Stages fail with {@link SubscriptionException}: {@code INVALID} for a stream that is not there,
 * {@code UNAVAILABLE} if Kafka does not answer.
 */
public final class StreamPositions {

  private final Node node;

  StreamPositions(Node node) {
    this.node = node;
  }

  /** Before the oldest event that the log has. */
  public CompletionStage<Long> earliest(String stream) {
    return told(
        node.checkStream(stream)
            .thenCompose(nothing -> node.ends().beginning(node.streams().partition(stream))));
  }

  /** At the newest event. */
  public CompletionStage<Long> newest(String stream) {
    return told(node.checkStream(stream).thenCompose(nothing -> node.end(stream)));
  }

  /** Before the first event that the log took at this time or later; at the newest without one. */
  public CompletionStage<Long> since(String stream, Instant time) {
    return told(
        node.checkStream(stream)
            .thenCompose(
                nothing -> node.ends().since(node.streams().partition(stream), millis(time)))
            .thenCompose(
                found ->
                    found.isPresent()
                        ? CompletableFuture.completedFuture(found.getAsLong())
                        : node.end(stream)));
  }

  // Times before 1970 are special values of Kafka's.
  private static long millis(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return 0;
    }
    return time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))
        ? Long.MAX_VALUE
        : time.toEpochMilli();
  }

  private CompletionStage<Long> told(CompletionStage<Long> stage) {
    return Failures.told(stage, node.executor(), position -> {});
  }
}
