package io.millrace.gateway.subscription;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** Finds out how a subscription is, after everything that stands in its stream was counted. */
record Status(Node node, Nodes nodes, Subscription subscription, Viewer viewer) {

  CompletionStage<Optional<SubscriptionStatus>> ask() {
    Subscription.Place place = subscription.place();
    SubscriptionRecord record = subscription.record();
    if (record == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (place == null) {
      throw new SubscriptionException(
          Reason.INVALID, "The filter of subscription " + subscription.id + " cannot be used.");
    }
    TopicPartition partition = place.stream().partition;
    Head head = place.stream().head;
    return node.ends()
        .beginning(partition)
        .thenAccept(head::logStart)
        .thenCompose(nothing -> node.ends().end(partition))
        .thenCompose(head::reached)
        .thenCompose(nothing -> count(record, place));
  }

  private CompletionStage<Optional<SubscriptionStatus>> count(
      SubscriptionRecord record, Subscription.Place place) {
    Head head = place.stream().head;
    // Before it is looked whether all is counted: so none is missed that is counted meanwhile.
    CompletableFuture<Void> more = head.counting();
    long acknowledged = subscription.acknowledged();
    OptionalLong undelivered = head.count(place.interest(), acknowledged);
    if (undelivered.isEmpty()) {
      node.streams().recount(place.stream());
      return more.thenComposeAsync(nothing -> count(record, place), node.executor());
    }
    return visible(place, acknowledged, undelivered.getAsLong())
        .thenApply(
            count ->
                Optional.of(
                    new SubscriptionStatus(
                        record.definition(),
                        connected(),
                        acknowledged,
                        Math.max(acknowledged, subscription.delivered()),
                        count,
                        head.logStart() + 1)));
  }

  /** How many of those that match the viewer may see. */
  private CompletionStage<Long> visible(
      Subscription.Place place, long acknowledged, long matching) {
    Head head = place.stream().head;
    return matching == 0 || !head.rules().get().canHide(viewer, place.interest().filter.topics())
        ? CompletableFuture.completedFuture(matching)
        : new VisibleCount(node.streams(), place, viewer, acknowledged, head.position()).count();
  }

  private boolean connected() {
    SubscriptionClaim claim = subscription.claim();
    if (claim == null) {
      return false;
    }
    return claim.node().equals(node.name())
        ? subscription.session() != null
        : nodes.lives(claim.node());
  }
}
