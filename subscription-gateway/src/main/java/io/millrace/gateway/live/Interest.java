package io.millrace.gateway.live;

import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.model.emitter.EventFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter, for all sessions that have the same one: it is matched once for them. Equal only to
 * itself.
 */
final class Interest {

  final EventFilter filter;

  /** How many wishes there are; guarded by {@link Interests}. */
  int uses;

  /** Each belongs to the thread of its {@link Lane}. */
  private final List<Set<Wish>> byLane = new ArrayList<>();

  private final Tenants tenants;
  private volatile @Nullable EventMatcher matcher;

  Interest(EventFilter filter, Tenants tenants, int lanes) {
    this.filter = filter;
    this.tenants = tenants;
    for (int i = 0; i < lanes; i++) {
      byLane.add(new LinkedHashSet<>(2));
    }
  }

  Set<Wish> wishes(int lane) {
    return byLane.get(lane);
  }

  /** For events away from the head; compiled when it is first needed. */
  EventMatcher matcher() {
    EventMatcher known = matcher;
    if (known == null) {
      try {
        known = EventMatcher.compile(filter, tenants);
      } catch (InvalidFilterException e) {
        throw new IllegalStateException("a filter that the index took does not compile", e);
      }
      matcher = known;
    }
    return known;
  }
}
