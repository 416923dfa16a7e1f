package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionLease;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a subscription, by what each node has said last. A function of the last record of every
 * key and of their order, which compaction keeps: so all nodes see the same holder, also one that
 * has just started. Guarded by its {@link Subscription}.
 */
final class Leases {

  private static final Comparator<Held> BEFORE =
      Comparator.<Held>comparingLong(held -> -held.lease.version()).thenComparing(Held::offset);

  private final Map<String, Held> byNode = new HashMap<>(2);
  private @Nullable Held current;

  /**
   * A lease that was said.
   *
   * @param node who said it, and serves the consumer
   * @param offset of its record
   * @param heard when this node read it, by its own timer
   */
  record Held(String node, SubscriptionLease lease, long offset, long heard) {

    boolean isOf(String consumer) {
      return lease.consumer().equals(consumer);
    }

    /** Nanoseconds until the consumer may be taken for gone. */
    long nanosLeft(long now) {
      return lease.timeoutMillis() * 1_000_000 - (now - heard);
    }
  }

  /** A node has said something, or what it said was removed. */
  void said(String node, @Nullable SubscriptionLease lease, long offset, long now) {
    if (lease == null) {
      byNode.remove(node);
    } else {
      byNode.put(node, new Held(node, lease, offset, now));
    }
    current = byNode.values().stream().min(BEFORE).orElse(null);
  }

  @Nullable Held current() {
    return current;
  }

  Set<String> nodes() {
    return Set.copyOf(byNode.keySet());
  }

  boolean isEmpty() {
    return byNode.isEmpty();
  }
}
