package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Takes acknowledgements. One of an event that is not known here to be delivered waits a while for
 * news of the node that serves the subscription.
 */
final class Acknowledging {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ProgressWriter progress;
  private final BiConsumer<Runnable, Duration> later;
  private final LongSupplier nanoTime;

  Acknowledging(
      ProgressWriter progress, BiConsumer<Runnable, Duration> later, LongSupplier nanoTime) {
    this.progress = progress;
    this.later = later;
    this.nanoTime = nanoTime;
  }

  /** Completes when everything up to the event is durably acknowledged. */
  CompletableFuture<Void> acknowledge(Subscription subscription, long eventId) {
    if (take(subscription, eventId)) {
      return subscription.durable(eventId);
    }
    if (subscription.session() != null) {
      return CompletableFuture.failedFuture(notDelivered(subscription, eventId));
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    await(subscription, eventId, nanoTime.getAsLong() + PATIENCE.toNanos(), result);
    return result;
  }

  private boolean take(Subscription subscription, long eventId) {
    if (!subscription.acknowledge(eventId)) {
      return false;
    }
    Delivery session = subscription.session();
    if (session != null) {
      session.acknowledged(subscription.acknowledged());
    }
    progress.write(subscription);
    return true;
  }

  private void await(
      Subscription subscription, long eventId, long until, CompletableFuture<Void> result) {
    if (take(subscription, eventId)) {
      var unused =
          subscription
              .durable(eventId)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure == null) {
                      result.complete(null);
                    } else {
                      result.completeExceptionally(failure);
                    }
                  });
    } else if (nanoTime.getAsLong() - until > 0) {
      result.completeExceptionally(notDelivered(subscription, eventId));
    } else {
      later.accept(() -> await(subscription, eventId, until, result), LOOK);
    }
  }

  private static SubscriptionException notDelivered(Subscription subscription, long eventId) {
    return new SubscriptionException(
        Reason.NOT_DELIVERED,
        "Event %d was not delivered to subscription %s yet: the last one was %d."
            .formatted(eventId, subscription.id, subscription.delivered()));
  }
}
