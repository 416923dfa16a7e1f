package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.concurrent.CompletionStage;

/** Stores a position that a client names: forth as an acknowledgement, back as a {@link Move}. */
record Commit(Node node, Subscription subscription, long position) {

  CompletionStage<Void> commit() {
    SubscriptionRecord record = subscription.record();
    if (record == null) {
      throw new SubscriptionException(Reason.UNKNOWN, SessionEnd.UNSUBSCRIBED.text());
    }
    String stream = record.definition().stream();
    return node.end(stream).thenCompose(end -> commit(stream, end));
  }

  private CompletionStage<Void> commit(String stream, long end) {
    Node.checkPosition(stream, position, end);
    if (position < subscription.acknowledged()) {
      return new Move(node, subscription, position).move();
    }
    subscription.claimedDelivered(position);
    return node.acknowledging().acknowledge(subscription, position);
  }
}
