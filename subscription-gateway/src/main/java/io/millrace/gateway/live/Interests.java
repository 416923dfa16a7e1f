package io.millrace.gateway.live;

import io.cloudevents.CloudEvent;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.model.emitter.EventFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all sessions want: each distinct filter once. Safe for use by several threads. */
final class Interests {

  private final Tenants tenants;
  private final int lanes;
  private final FilterIndex<Interest> index;
  private final Map<EventFilter, Interest> known = new HashMap<>();

  Interests(Tenants tenants, int lanes) {
    this.tenants = tenants;
    this.lanes = lanes;
    this.index = new FilterIndex<>(failed -> {}, tenants);
  }

  /**
   * The interests of filters; events that are matched from now on are matched with them.
   *
   * @throws InvalidFilterException if one cannot be compiled; then nothing has changed
   */
  synchronized List<Interest> acquire(Collection<EventFilter> filters)
      throws InvalidFilterException {
    List<Interest> acquired = new ArrayList<>(filters.size());
    try {
      for (EventFilter filter : filters) {
        Interest interest = known.get(filter);
        if (interest == null) {
          interest = new Interest(filter, tenants, lanes);
          index.put(interest, filter);
          known.put(filter, interest);
        }
        interest.uses++;
        acquired.add(interest);
      }
      return acquired;
    } catch (InvalidFilterException e) {
      acquired.forEach(this::release);
      throw e;
    }
  }

  /**
   * Refuses a filter that cannot be used.
   *
   * @throws InvalidFilterException if it cannot be compiled
   */
  void check(EventFilter filter) throws InvalidFilterException {
    synchronized (this) {
      if (known.containsKey(filter)) {
        return;
      }
    }
    EventMatcher unused = EventMatcher.compile(filter, tenants);
  }

  synchronized void release(Interest interest) {
    if (--interest.uses == 0) {
      known.remove(interest.filter);
      index.remove(interest);
    }
  }

  Collection<Interest> match(CloudEvent event) {
    return index.match(event);
  }

  synchronized int size() {
    return known.size();
  }
}
