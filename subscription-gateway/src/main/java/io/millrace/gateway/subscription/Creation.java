package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes a subscription that must not exist yet. Each attempt has a record of its own, of which the
 * first in the log counts: so every reader decides alike, and compaction takes none away. Who was
 * not first removes its record before it says so, lest it should come to count some day.
 */
record Creation(Node node, String id, SubscriptionDefinition definition, OptionalLong position) {

  CompletionStage<Void> create() {
    return node.read()
        .thenComposeAsync(
            nothing -> {
              checkNew();
              return node.check(definition);
            },
            node.executor())
        .thenCompose(nothing -> node.end(definition.stream()))
        .thenCompose(this::create);
  }

  private void checkNew() {
    if (node.registry().find(id).isPresent()) {
      throw exists();
    }
    node.quota().check(definition);
  }

  private CompletionStage<Void> create(long end) {
    Node.checkPosition(definition.stream(), position.orElse(0), end);
    String generation = UUID.randomUUID().toString();
    var record = new SubscriptionRecord(definition, generation, position.orElse(end));
    var key = new SubscriptionKey.Creation(id, generation);
    return node.put(key, SubscriptionJson.write(record))
        .thenCompose(nothing -> counts(generation) ? done() : takeBack(key));
  }

  private boolean counts(String generation) {
    return node.registry()
        .find(id)
        .map(Subscription::record)
        .filter(record -> record.generation().equals(generation))
        .isPresent();
  }

  private CompletionStage<Void> takeBack(SubscriptionKey key) {
    return node.put(key, null)
        .thenAccept(
            nothing -> {
              throw exists();
            });
  }

  private SubscriptionException exists() {
    return new SubscriptionException(Reason.EXISTS, "There is a subscription " + id + " already.");
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
