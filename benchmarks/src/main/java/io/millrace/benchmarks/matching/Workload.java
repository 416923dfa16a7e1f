package io.millrace.benchmarks.matching;

import io.millrace.model.emitter.EventFilter;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Filters, as many as wanted, and events of which each matches some five of them, however many
 * there are. Every filter's text differs from every other's.
 */
interface Workload {

  EventFilter filter(int index, int filters);

  /** The same filter as a rule for event-ruler; null if it cannot say it. */
  @Nullable String rule(int index, int filters);

  Sample event(Random random, int filters);

  /** Whether the filters consist of topics only. */
  default boolean isTopicsOnly() {
    return false;
  }
}
