package io.millrace.gateway.subscription;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.emitter.EventFilter;

/**
 * Refuses filters that cannot be used. What was good is remembered: reading FEEL takes a
 * millisecond, and after a restart thousands of clients come back at once.
 */
final class FilterCheck {

  private static final int REMEMBERED = 10_000;

  private final Cache<EventFilter, Boolean> good =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  void check(EventFilter filter) {
    if (good.getIfPresent(filter) != null) {
      return;
    }
    try {
      EventMatcher unused = EventMatcher.compile(filter);
    } catch (InvalidFilterException e) {
      throw new SubscriptionException(
          Reason.INVALID, "The filter cannot be used: " + e.getMessage(), e);
    }
    good.put(filter, true);
  }
}
