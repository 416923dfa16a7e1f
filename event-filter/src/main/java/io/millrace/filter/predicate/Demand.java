package io.millrace.filter.predicate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in an event for an expression to be true: all conditions of one of the
 * alternatives. If it is exact, that is enough; else the expression must be evaluated still. The
 * demand of an expression of which nothing is known is one alternative without conditions.
 */
public record Demand(List<List<Condition>> alternatives, boolean exact) {

  /** Nothing is known. */
  public static final Demand UNKNOWN = new Demand(List.of(List.of()), false);

  /** Always satisfied. */
  public static final Demand NOTHING = new Demand(List.of(List.of()), true);

  // Each alternative is an entry of its own in the index.
  private static final int MAX_ALTERNATIVES = 16;

  public Demand {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  public static Demand of(Condition condition) {
    return new Demand(List.of(List.of(condition)), true);
  }

  /** What FEEL's {@code and} of both demands. */
  public Demand and(Demand other) {
    if (alternatives.size() * other.alternatives.size() > MAX_ALTERNATIVES) {
      return alternatives.size() < other.alternatives.size() ? inexact() : other.inexact();
    }
    List<List<Condition>> both = new ArrayList<>();
    for (List<Condition> mine : alternatives) {
      for (List<Condition> others : other.alternatives) {
        both.add(merge(mine, others));
      }
    }
    return new Demand(both, exact && other.exact);
  }

  /** Whether {@link #and} of all these still holds every condition of each. */
  public static boolean keepsAll(Collection<Demand> demands) {
    long product = 1;
    for (Demand demand : demands) {
      product = Math.min(product * demand.alternatives.size(), MAX_ALTERNATIVES + 1);
    }
    return product <= MAX_ALTERNATIVES;
  }

  /** What FEEL's {@code or} of both demands. */
  public Demand or(Demand other) {
    if (isUnknown() || other.isUnknown()) {
      return UNKNOWN;
    }
    if (single() instanceof OneOf mine
        && other.single() instanceof OneOf others
        && mine.path().equals(others.path())) {
      Set<Object> keys = new LinkedHashSet<>(mine.keys());
      keys.addAll(others.keys());
      return new Demand(List.of(List.of(new OneOf(mine.path(), keys))), exact && other.exact);
    }
    List<List<Condition>> either =
        Stream.concat(alternatives.stream(), other.alternatives.stream()).distinct().toList();
    return either.size() > MAX_ALTERNATIVES ? UNKNOWN : new Demand(either, exact && other.exact);
  }

  private Demand inexact() {
    return new Demand(alternatives, false);
  }

  private boolean isUnknown() {
    return alternatives.stream().anyMatch(List::isEmpty);
  }

  private @Nullable Condition single() {
    return alternatives.size() == 1 && alternatives.get(0).size() == 1
        ? alternatives.get(0).get(0)
        : null;
  }

  // A lower and an upper bound of the same number become one range, which the index can search.
  // Nothing here may depend on the literals' values: templates rely on it.
  private static List<Condition> merge(List<Condition> left, List<Condition> right) {
    List<Condition> merged = new ArrayList<>(left);
    for (Condition condition : right) {
      if (!(condition instanceof Within within) || !narrow(merged, within)) {
        if (!merged.contains(condition)) {
          merged.add(condition);
        }
      }
    }
    return merged;
  }

  private static boolean narrow(List<Condition> conditions, Within other) {
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i) instanceof Within within
          && within.path().equals(other.path())
          && within.range().completes(other.range())) {
        conditions.set(i, new Within(within.path(), within.range().and(other.range())));
        return true;
      }
    }
    return false;
  }
}
