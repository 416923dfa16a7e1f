package io.millrace.model.subscription;

/**
 * A subscription as it is defined.
 *
 * @param generation progress counts only if it names the same; a new one begins anew
 * @param start id of the last event before the generation's first; 0 for the beginning of the log
 */
public record SubscriptionRecord(SubscriptionDefinition definition, String generation, long start) {

  public SubscriptionRecord {
    if (start < 0) {
      throw new IllegalArgumentException("a subscription cannot start at " + start);
    }
  }

  /** The same subscription at the same place, which from now on wants something else. */
  public SubscriptionRecord with(SubscriptionDefinition other) {
    return new SubscriptionRecord(other, generation, start);
  }
}
