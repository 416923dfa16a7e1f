package io.millrace.gateway.subscription;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One client's way to a session: look, claim, read the claim back, define what is not yet as the
 * client wants it, connect.
 */
final class Opening {

  private final Node node;
  private final String id;
  private final SubscriptionDefinition definition;
  private final OptionalLong lastEventId;
  private final Pace pace;
  private final SubscriptionObserver observer;
  private final Supplier<Viewer> viewer;
  private final String session = UUID.randomUUID().toString();

  Opening(
      Node node,
      String id,
      SubscriptionDefinition definition,
      OptionalLong lastEventId,
      Pace pace,
      SubscriptionObserver observer,
      Supplier<Viewer> viewer) {
    this.node = node;
    this.id = id;
    this.definition = definition;
    this.lastEventId = lastEventId;
    this.pace = pace;
    this.observer = observer;
    this.viewer = viewer;
  }

  CompletionStage<Session> open() {
    return node.read()
        .thenComposeAsync(nothing -> checkStream(), node.executor())
        .thenComposeAsync(nothing -> checkPosition(), node.executor())
        .thenComposeAsync(nothing -> claim(), node.executor())
        .thenComposeAsync(nothing -> define(), node.executor())
        .thenComposeAsync(this::begin, node.executor())
        .thenApplyAsync(this::connect, node.executor())
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                release();
              }
            });
  }

  private CompletionStage<Void> checkStream() {
    checkOwner();
    return node.check(definition);
  }

  private void checkOwner() {
    Optional<Subscription> known = node.registry().find(id);
    SubscriptionRecord record = known.map(Subscription::record).orElse(null);
    if (record != null && !record.definition().owner().equals(definition.owner())) {
      throw new SubscriptionException(
          Reason.FORBIDDEN, "Subscription " + id + " belongs to another user.");
    }
    if (record != null && !record.definition().dialect().equals(definition.dialect())) {
      throw new SubscriptionException(
          Reason.INVALID, "Subscription " + id + " was made by another API, which serves it.");
    }
    if (record == null) {
      node.quota().check(definition);
    }
  }

  // Before the claim, which sends away whoever is connected.
  private CompletionStage<Void> checkPosition() {
    return lastEventId.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : node.end(definition.stream()).thenAccept(this::checkLastEventId);
  }

  private CompletionStage<Void> claim() {
    SubscriptionClaim claim = new SubscriptionClaim(node.name(), session, false);
    return node.put(new SubscriptionKey.Claim(id), SubscriptionJson.write(claim));
  }

  /** Returns from where the head must have begun. */
  private CompletionStage<Subscription> define() {
    checkOwner();
    SubscriptionRecord record = node.registry().find(id).map(Subscription::record).orElse(null);
    if (record == null || !record.definition().stream().equals(definition.stream())) {
      return node.end(definition.stream()).thenCompose(this::create);
    }
    CompletionStage<Void> defined =
        record.definition().equals(definition)
            ? CompletableFuture.completedFuture(null)
            : put(record.with(definition));
    return lastEventId.isEmpty()
        ? defined.thenApply(nothing -> subscription())
        : defined
            .thenCompose(nothing -> node.end(definition.stream()))
            .thenCompose(this::acknowledge);
  }

  private CompletionStage<Subscription> create(long end) {
    checkLastEventId(end);
    SubscriptionRecord record =
        new SubscriptionRecord(definition, UUID.randomUUID().toString(), lastEventId.orElse(end));
    return put(record).thenApply(nothing -> subscription());
  }

  private CompletionStage<Subscription> acknowledge(long end) {
    checkLastEventId(end);
    Subscription subscription = subscription();
    subscription.claimedDelivered(lastEventId.orElseThrow());
    return node.acknowledging()
        .acknowledge(subscription, lastEventId.orElseThrow())
        .thenApply(nothing -> subscription);
  }

  private void checkLastEventId(long end) {
    Node.checkPosition(definition.stream(), lastEventId.orElse(0), end);
  }

  private CompletionStage<Void> put(SubscriptionRecord record) {
    return node.put(new SubscriptionKey.Definition(id), SubscriptionJson.write(record));
  }

  private CompletionStage<Subscription> begin(Subscription subscription) {
    return place(subscription).stream().head.reached(0).thenApply(nothing -> subscription);
  }

  private Session connect(Subscription subscription) {
    Subscription.Place place = place(subscription);
    Delivery delivery =
        new Delivery(session, subscription, place, pace, observer, viewer, node.sessions());
    if (!subscription.connect(delivery)) {
      throw new SubscriptionException(Reason.FENCED, SessionEnd.TAKEN_OVER.text());
    }
    // What was acknowledged since the session was made.
    delivery.acknowledged(subscription.acknowledged());
    return delivery;
  }

  private Subscription subscription() {
    return node.registry()
        .find(id)
        .orElseThrow(
            () -> new SubscriptionException(Reason.FENCED, SessionEnd.UNSUBSCRIBED.text()));
  }

  private static Subscription.Place place(Subscription subscription) {
    Subscription.Place place = subscription.place();
    if (place == null) {
      throw new SubscriptionException(Reason.FENCED, SessionEnd.UNSUBSCRIBED.text());
    }
    return place;
  }

  private void release() {
    if (node.registry().find(id).filter(known -> known.holds(session)).isPresent()) {
      node.sessions().release(id, session);
    }
  }
}
