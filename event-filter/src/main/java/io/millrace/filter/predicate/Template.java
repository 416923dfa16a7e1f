package io.millrace.filter.predicate;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The demand of every expression of one shape, the literals left open. */
public final class Template {

  private final Demand demand;

  private Template(Demand demand) {
    this.demand = demand;
  }

  /**
   * What a shape's text demands, as a template.
   *
   * @return null unless the demand is exact and has all literals of the shape, so that nothing of
   *     the expression is lost by knowing the demand alone
   */
  public static @Nullable Template of(Shape shape, Demand demand) {
    var seen = new Samples(shape.literals().size());
    boolean complete =
        demand.exact()
            && demand.alternatives().stream().flatMap(List::stream).allMatch(seen::takeAll)
            && seen.isComplete();
    return complete ? new Template(demand) : null;
  }

  /** The demand of the expression of that shape with these literals. */
  public Demand with(List<Object> literals) {
    return new Demand(
        demand.alternatives().stream()
            .map(all -> all.stream().map(one -> fill(one, literals)).toList())
            .toList(),
        true);
  }

  private static Condition fill(Condition condition, List<Object> literals) {
    if (condition instanceof OneOf equal) {
      return new OneOf(
          equal.path(),
          equal.keys().stream().map(key -> fillKey(key, literals)).collect(Collectors.toSet()));
    }
    if (condition instanceof Within within) {
      Range range = within.range();
      return new Within(
          within.path(),
          new Range(
              fill(range.lower(), literals),
              range.lowerIncluded(),
              fill(range.upper(), literals),
              range.upperIncluded(),
              range.equality()));
    }
    var start = (StartsWith) condition;
    return new StartsWith(start.path(), literals.get(Shape.indexOf(start.prefix())).toString());
  }

  private static Object fillKey(Object key, List<Object> literals) {
    if (key instanceof NumberKey number) {
      return new NumberKey(fillNumber(number.value(), literals));
    }
    return key instanceof String ? literals.get(Shape.indexOf(key)) : key;
  }

  private static @Nullable BigDecimal fill(@Nullable BigDecimal sample, List<Object> literals) {
    return sample == null ? null : fillNumber(sample, literals);
  }

  private static BigDecimal fillNumber(BigDecimal sample, List<Object> literals) {
    var literal = (BigDecimal) literals.get(Shape.indexOf(sample));
    return sample.signum() < 0 ? literal.negate() : literal;
  }

  /** Which of the shape's literals were met. */
  private static final class Samples {

    private final int count;
    private final BitSet met = new BitSet();

    Samples(int count) {
      this.count = count;
    }

    boolean isComplete() {
      return met.cardinality() == count;
    }

    boolean takeAll(Condition condition) {
      if (condition instanceof OneOf equal) {
        return equal.keys().stream().allMatch(this::takeKey);
      }
      if (condition instanceof Within within) {
        Range range = within.range();
        return (range.lower() == null || take(range.lower()))
            && (range.upper() == null || take(range.upper()));
      }
      return take(((StartsWith) condition).prefix());
    }

    private boolean takeKey(Object key) {
      return key instanceof Boolean || take(key instanceof NumberKey number ? number.value() : key);
    }

    private boolean take(Object sample) {
      int index = Shape.indexOf(sample);
      if (index < 0 || index >= count) {
        return false;
      }
      met.set(index);
      return true;
    }
  }
}
