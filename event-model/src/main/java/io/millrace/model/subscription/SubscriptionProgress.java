package io.millrace.model.subscription;

/**
 * How far a subscription has come, as far as one node knows.
 *
 * @param generation the record's that this belongs to
 * @param acknowledged id of the last event that is acknowledged, and with it all before
 * @param delivered id of the last event that was ever delivered
 */
public record SubscriptionProgress(String generation, long acknowledged, long delivered) {

  /** What both know; they must be of one generation. */
  public SubscriptionProgress merge(SubscriptionProgress other) {
    return new SubscriptionProgress(
        generation,
        Math.max(acknowledged, other.acknowledged),
        Math.max(delivered, other.delivered));
  }
}
