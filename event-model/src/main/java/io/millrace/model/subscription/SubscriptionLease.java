package io.millrace.model.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Which consumer alone may take a subscription's events, as one gateway says it. Of what all
 * gateways say, the highest version holds, and of two with the same the one that is first in the
 * log.
 *
 * @param version one more than that of the lease which it renews or replaces
 * @param timeoutMillis for how long the consumer must be silent before another may take its place
 * @param taken what to commit for the consumer when it falls silent; null if it commits itself
 */
public record SubscriptionLease(
    String consumer, long version, long timeoutMillis, @Nullable Taken taken) {

  public SubscriptionLease {
    if (version < 1 || timeoutMillis < 1) {
      throw new IllegalArgumentException("a lease has a version and a time-out");
    }
  }

  /**
   * How far a consumer has come by its own account.
   *
   * @param generation the record's that this belongs to: it means nothing after a move
   * @param eventId id of the last event that it has taken
   */
  public record Taken(String generation, long eventId) {}
}
