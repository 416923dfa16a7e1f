package io.millrace.filter;

import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.Outcome;
import io.millrace.filter.index.Finder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for those who want one event. */
final class Matching<K> implements Finder<Object> {

  private final EventView event;
  private final FailureListener<? super K> failures;
  private final List<K> matches = new ArrayList<>();
  private @Nullable Set<Entry<K>> several;

  Matching(EventView event, FailureListener<? super K> failures) {
    this.event = event;
    this.failures = failures;
  }

  @Override
  @SuppressWarnings("unchecked") // Whom an index asks are its entries.
  public void found(Object owner) {
    var entry = (Entry<K>) owner;
    if (entry.several && !isFirst(entry)) {
      return;
    }
    Outcome outcome = entry.outcome(event);
    if (outcome == Outcome.TRUE) {
      matches.add(entry.key);
    } else if (outcome == Outcome.FAILED) {
      failures.failed(entry.key);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The others are the keys of entries.
  public void settled(Object owner) {
    matches.add((K) owner);
  }

  /** What was found, if nothing changed meanwhile. */
  Collection<K> matches() {
    return matches;
  }

  /**
   * What was found while filters changed. A changing filter may have been met as it was, as it is,
   * as both, or as neither: where the new was looked for before it came and the old after it went.
   */
  Collection<K> matches(@Nullable Change<K> firstChange) {
    Set<K> settled = new LinkedHashSet<>(matches);
    for (Change<K> change = firstChange; change != null; change = change.next) {
      Entry<K> entry = change.entry;
      if (entry != null && !settled.contains(entry.key) && entry.accepts(event)) {
        settled.add(entry.key);
      }
    }
    return settled;
  }

  private boolean isFirst(Entry<K> entry) {
    if (several == null) {
      several = new HashSet<>();
    }
    return several.add(entry);
  }
}
