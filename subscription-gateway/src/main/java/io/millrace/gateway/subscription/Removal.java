package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionKey;
import java.util.concurrent.CompletionStage;

/** Takes a subscription out of Kafka. */
final class Removal {

  private Removal() {}

  /** Completes when it is gone; the definition goes first, without which the rest means nothing. */
  static CompletionStage<Void> of(Node node, Subscription subscription) {
    String id = subscription.id;
    CompletionStage<Void> removed = node.put(new SubscriptionKey.Definition(id), null);
    CompletionStage<Void> unused = node.put(new SubscriptionKey.Claim(id), null);
    for (String each : subscription.nodes()) {
      unused = node.put(new SubscriptionKey.Progress(id, each), null);
    }
    return removed;
  }
}
