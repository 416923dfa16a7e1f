package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionRecord;
import org.jspecify.annotations.Nullable;

/**
 * How many subscriptions one user may have, whichever gateway and API they were made by. Gateways
 * that make some at the same moment may come out a few above it.
 *
 * @param most 0 for no limit
 */
record Quota(Registry registry, int most) {

  /**
   * Fails with {@code QUOTA} if the owner may not have one more.
   *
   * @throws SubscriptionException if so
   */
  void check(SubscriptionDefinition wanted) {
    if (most == 0) {
      return;
    }
    long count =
        registry.all().stream()
            .map(Subscription::record)
            .filter(record -> isOf(record, wanted.owner()))
            .count();
    if (count >= most) {
      throw new SubscriptionException(
          Reason.QUOTA, "%s has %d subscriptions already.".formatted(wanted.owner(), count));
    }
  }

  private static boolean isOf(@Nullable SubscriptionRecord record, String owner) {
    return record != null && record.definition().owner().equals(owner);
  }
}
