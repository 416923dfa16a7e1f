package io.millrace.gateway.subscription;

import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.model.emitter.EventFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter, for all subscriptions of a stream that have the same one: it is matched and counted
 * once for them. Guarded by its {@link Head}, except for the matcher. Equal only to itself.
 */
final class Interest {

  final EventFilter filter;

  /**
   * Offsets that match; complete from {@link #coveredFrom} to the head's position, once {@link
   * #asked}.
   */
  final Tally tally = new Tally();

  long coveredFrom;

  /** Whether somebody has ever wanted to know how many match; until then nothing is counted. */
  boolean asked;

  /** Sessions that have everything up to the head. */
  final Set<Delivery> live = new LinkedHashSet<>();

  /** Polls that have everything up to the head, and wait for what matches. */
  final Set<Waiting> waiting = new LinkedHashSet<>(0);

  /** Subscriptions that have this filter. */
  final Set<Subscription> subscriptions = new LinkedHashSet<>();

  private final Tenants tenants;
  private volatile @Nullable EventMatcher matcher;

  Interest(EventFilter filter, Tenants tenants, long coveredFrom) {
    this.filter = filter;
    this.tenants = tenants;
    this.coveredFrom = coveredFrom;
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
