package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionProgress;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of one subscription: what stands in Kafka, what is on its way there, and the
 * client if it is connected here. Safe for use by several threads; calls nobody with its lock held.
 */
final class Subscription {

  final String id;
  private @Nullable SubscriptionRecord record;
  // What record is made of: what was defined, else the first that was created.
  private @Nullable SubscriptionRecord definition;
  private List<SubscriptionRecord> creations = List.of();
  private @Nullable SubscriptionClaim claim;
  private final Map<String, SubscriptionProgress> byNode = new HashMap<>(2);
  private final Leases leases = new Leases();
  private @Nullable Place place;
  private @Nullable Delivery session;
  private volatile long acknowledged;
  private long delivered;
  private long durable;
  private long lastActivity;

  private boolean writing;
  private boolean changed;
  private @Nullable SubscriptionProgress written;
  private final List<Waiter> waiters = new ArrayList<>(0);

  Subscription(String id) {
    this.id = id;
  }

  /** Where its events are. */
  record Place(Stream stream, Interest interest) {}

  private record Waiter(long eventId, CompletableFuture<Void> durable) {}

  // What stands in Kafka: told by the follower, in the order of the log.

  /** It is defined thus; null when it is removed. Returns the session that this ends, if any. */
  synchronized @Nullable Delivery defined(@Nullable SubscriptionRecord now) {
    definition = now;
    return settled();
  }

  /**
   * Somebody created it thus; null when that is taken back. The first in the log counts, unless it
   * was defined. Returns the session that this ends, if any.
   */
  synchronized @Nullable Delivery created(String generation, @Nullable SubscriptionRecord now) {
    List<SubscriptionRecord> all = new ArrayList<>(creations);
    all.removeIf(each -> each.generation().equals(generation));
    if (now != null) {
      all.add(now);
    }
    creations = List.copyOf(all);
    return settled();
  }

  private @Nullable Delivery settled() {
    SubscriptionRecord before = record;
    SubscriptionRecord first = creations.isEmpty() ? null : creations.get(0);
    SubscriptionRecord now = definition == null ? first : definition;
    record = now;
    if (before != null && now != null && before.generation().equals(now.generation())) {
      return null;
    }
    failWaiters();
    acknowledged = now == null ? 0 : now.start();
    delivered = acknowledged;
    written = null;
    byNode.values().forEach(this::merge);
    durable = acknowledged;
    Delivery ends = session;
    session = null;
    return before == null && now != null ? null : ends;
  }

  /** Returns the session that this ends, if any. */
  synchronized @Nullable Delivery claimed(@Nullable SubscriptionClaim now) {
    if (now != null && now.released()) {
      if (claim != null && claim.session().equals(now.session())) {
        claim = null;
      }
      return null;
    }
    claim = now;
    Delivery current = session;
    if (current == null || (now != null && now.session().equals(current.session))) {
      return null;
    }
    session = null;
    return current;
  }

  /** Returns the session that is to know it, if any. */
  synchronized @Nullable Delivery progressed(String node, @Nullable SubscriptionProgress now) {
    if (now == null) {
      byNode.remove(node);
      return null;
    }
    byNode.put(node, now);
    long before = acknowledged;
    merge(now);
    if (isOfThisGeneration(now)) {
      durable = Math.max(durable, now.acknowledged());
    }
    return acknowledged > before ? session : null;
  }

  /** A node has said who holds it, or its word was removed. */
  synchronized void said(String node, @Nullable SubscriptionLease lease, long offset, long now) {
    leases.said(node, lease, offset, now);
  }

  synchronized void active(long time) {
    lastActivity = Math.max(lastActivity, time);
  }

  // What this node does.

  /** Takes an acknowledgement, if the event was delivered as far as is known here. */
  synchronized boolean acknowledge(long eventId) {
    if (eventId > delivered) {
      return false;
    }
    if (eventId > acknowledged) {
      acknowledged = eventId;
      changed = true;
    }
    return true;
  }

  /** Takes for delivered what the client says it has. */
  synchronized void claimedDelivered(long eventId) {
    delivered = Math.max(delivered, eventId);
  }

  /** Returns whether that is to be written. */
  synchronized boolean delivered(long eventId) {
    delivered = Math.max(delivered, eventId);
    boolean first = !changed;
    changed = true;
    return first;
  }

  /** Completes when an acknowledgement is durable. */
  synchronized CompletableFuture<Void> durable(long eventId) {
    if (eventId <= durable) {
      return CompletableFuture.completedFuture(null);
    }
    Waiter waiter = new Waiter(eventId, new CompletableFuture<>());
    waiters.add(waiter);
    return waiter.durable;
  }

  /** What is to be written now, if anything is and nothing is on its way. */
  synchronized @Nullable SubscriptionProgress toWrite() {
    SubscriptionRecord current = record;
    if (writing || !changed || current == null) {
      return null;
    }
    changed = false;
    var now = new SubscriptionProgress(current.generation(), acknowledged, delivered);
    if (now.equals(written)) {
      return null;
    }
    writing = true;
    return now;
  }

  /** Kafka has it. Returns who waited for that. */
  synchronized List<CompletableFuture<Void>> written(SubscriptionProgress progress) {
    writing = false;
    if (!isOfThisGeneration(progress)) {
      return List.of();
    }
    written = progress;
    durable = Math.max(durable, progress.acknowledged());
    return takeWaiters();
  }

  /** Kafka does not have it. Returns who waited for that. */
  synchronized List<CompletableFuture<Void>> failed() {
    writing = false;
    changed = true;
    List<CompletableFuture<Void>> failed = waiters.stream().map(Waiter::durable).toList();
    waiters.clear();
    return failed;
  }

  /** Connects a client if its claim still holds. */
  synchronized boolean connect(Delivery delivery) {
    if (record == null || !holds(delivery.session)) {
      return false;
    }
    session = delivery;
    return true;
  }

  /** Returns whether the client was connected until now. */
  synchronized boolean disconnect(Delivery delivery) {
    if (session != delivery) {
      return false;
    }
    session = null;
    return true;
  }

  synchronized void place(@Nullable Place now) {
    place = now;
  }

  // What is known.

  synchronized @Nullable Place place() {
    return place;
  }

  synchronized @Nullable SubscriptionRecord record() {
    return record;
  }

  synchronized @Nullable SubscriptionClaim claim() {
    return claim;
  }

  synchronized @Nullable Delivery session() {
    return session;
  }

  /** Creations that stand in Kafka, in its order. */
  synchronized List<SubscriptionRecord> creations() {
    return creations;
  }

  synchronized boolean isDefined() {
    return definition != null;
  }

  synchronized Leases.@Nullable Held lease() {
    return leases.current();
  }

  synchronized Set<String> leaseNodes() {
    return leases.nodes();
  }

  synchronized boolean isNothing() {
    return record == null
        && claim == null
        && session == null
        && byNode.isEmpty()
        && creations.isEmpty()
        && leases.isEmpty();
  }

  synchronized boolean holds(String claimed) {
    return claim != null && claim.session().equals(claimed);
  }

  synchronized Set<String> nodes() {
    return Set.copyOf(byNode.keySet());
  }

  long acknowledged() {
    return acknowledged;
  }

  synchronized long delivered() {
    return delivered;
  }

  /** When something was last written about it, by Kafka's time in milliseconds since 1970. */
  synchronized long lastActivity() {
    return lastActivity;
  }

  private void merge(SubscriptionProgress progress) {
    if (isOfThisGeneration(progress)) {
      acknowledged = Math.max(acknowledged, progress.acknowledged());
      delivered = Math.max(delivered, Math.max(acknowledged, progress.delivered()));
    }
  }

  private boolean isOfThisGeneration(SubscriptionProgress progress) {
    return record != null && record.generation().equals(progress.generation());
  }

  private List<CompletableFuture<Void>> takeWaiters() {
    List<CompletableFuture<Void>> reached = new ArrayList<>();
    for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (waiter.eventId <= durable) {
        each.remove();
        reached.add(waiter.durable);
      }
    }
    return reached;
  }

  private void failWaiters() {
    var moved =
        new SubscriptionException(SubscriptionException.Reason.FENCED, SessionEnd.MOVED.text());
    waiters.forEach(waiter -> waiter.durable.completeExceptionally(moved));
    waiters.clear();
  }
}
