package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes a subscription out of Kafka. */
final class Removal {

  private Removal() {}

  /**
   * Completes when it is gone. What defines it goes before the rest, which means nothing without;
   * of that, what counts goes last, so that nothing comes to count instead.
   */
  static CompletionStage<Void> of(Node node, Subscription subscription) {
    String id = subscription.id;
    CompletionStage<Void> removed = CompletableFuture.completedFuture(null);
    List<SubscriptionRecord> creations = subscription.creations();
    for (int i = creations.size() - 1; i >= 0; i--) {
      removed = node.put(new SubscriptionKey.Creation(id, creations.get(i).generation()), null);
    }
    if (subscription.isDefined()) {
      removed = node.put(new SubscriptionKey.Definition(id), null);
    }
    CompletionStage<Void> unused = node.put(new SubscriptionKey.Claim(id), null);
    for (String each : subscription.leaseNodes()) {
      unused = node.put(new SubscriptionKey.Lease(id, each), null);
    }
    for (String each : subscription.nodes()) {
      unused = node.put(new SubscriptionKey.Progress(id, each), null);
    }
    return removed;
  }
}
