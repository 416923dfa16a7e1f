package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Sets a subscription to another place, by a new generation that begins there. */
record Move(Node node, Subscription subscription, long eventId) {

  CompletionStage<Void> move() {
    SubscriptionRecord record = subscription.record();
    if (record == null) {
      throw new SubscriptionException(Reason.UNKNOWN, SessionEnd.UNSUBSCRIBED.text());
    }
    return node.end(record.definition().stream()).thenCompose(end -> move(record, end));
  }

  private CompletionStage<Void> move(SubscriptionRecord record, long end) {
    Node.checkPosition(record.definition().stream(), eventId, end);
    var moved = new SubscriptionRecord(record.definition(), UUID.randomUUID().toString(), eventId);
    return node.put(new SubscriptionKey.Definition(subscription.id), SubscriptionJson.write(moved));
  }
}
