package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionProgress;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes how far subscriptions have come: of each at most one record is under way, and what comes
 * meanwhile goes with the next. Safe for use by several threads.
 */
final class ProgressWriter {

  private final RecordWriter writer;
  private final String node;
  private final Consumer<Runnable> later;
  private final Queue<Subscription> delivered = new ConcurrentLinkedQueue<>();

  /**
   * Writes in the name of a node.
   *
   * @param later runs something after a while
   */
  ProgressWriter(RecordWriter writer, String node, Consumer<Runnable> later) {
    this.writer = writer;
    this.node = node;
    this.later = later;
  }

  /** Writes what has changed, now. */
  void write(Subscription subscription) {
    SubscriptionProgress progress = subscription.toWrite();
    if (progress == null) {
      return;
    }
    CompletableFuture<Long> unused =
        writer
            .put(
                new SubscriptionKey.Progress(subscription.id, node),
                SubscriptionJson.write(progress))
            .whenComplete((offset, failure) -> answered(subscription, progress, failure));
  }

  /** Something was delivered, which is written with the next {@link #flush}. */
  void delivered(Subscription subscription, long eventId) {
    if (subscription.delivered(eventId)) {
      delivered.add(subscription);
    }
  }

  /** Writes what was delivered. */
  void flush() {
    for (Subscription next = delivered.poll(); next != null; next = delivered.poll()) {
      write(next);
    }
  }

  private void answered(
      Subscription subscription, SubscriptionProgress progress, @Nullable Throwable failure) {
    if (failure == null) {
      subscription.written(progress).forEach(waiter -> waiter.complete(null));
      write(subscription);
    } else {
      subscription.failed().forEach(waiter -> waiter.completeExceptionally(failure));
      later.accept(() -> write(subscription));
    }
  }
}
