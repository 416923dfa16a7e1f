package io.millrace.filter.feel.closure;

import static org.kie.dmn.feel.util.BuiltInTypeUtils.determineTypeFromInstance;

import java.math.BigDecimal;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.RangeNode.IntervalBoundary;
import org.kie.dmn.feel.lang.types.impl.ComparablePeriod;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.runtime.Range.RangeBoundary;
import org.kie.dmn.feel.runtime.impl.RangeImpl;
import org.kie.dmn.feel.runtime.impl.UndefinedValueComparable;

/** Ranges, as the engine's values. */
final class Ranges {

  private Ranges() {}

  /** A range of two pieces; an endpoint that stands open gives {@link UndefinedValueComparable}. */
  record Literal(IntervalBoundary low, Closure start, Closure end, IntervalBoundary high)
      implements Closure {

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object s = start.evaluate(evaluation);
      Object e = end.evaluate(evaluation);
      if (s == null || e == null || !ofOneType(s, e)) {
        return null;
      }
      Comparable from = comparable(s);
      Comparable to = comparable(e);
      if (from == null || to == null) {
        return new RangeImpl(boundary(low), from, to, boundary(high));
      }
      boolean open = isOpen(s) || isOpen(e);
      return !open && from.compareTo(to) > 0
          ? null
          : new RangeImpl(boundary(low), from, to, boundary(high));
    }

    private static boolean ofOneType(Object s, Object e) {
      return isOpen(s)
          || isOpen(e)
          || determineTypeFromInstance(s).equals(determineTypeFromInstance(e))
          || s.getClass().isAssignableFrom(e.getClass());
    }

    private static boolean isOpen(Object value) {
      return value instanceof UndefinedValueComparable;
    }

    private static @Nullable Comparable<?> comparable(Object value) {
      if (value instanceof Comparable<?> comparable) {
        return comparable;
      }
      return value instanceof Period period ? new ComparablePeriod(period) : null;
    }

    private static RangeBoundary boundary(IntervalBoundary boundary) {
      return boundary == IntervalBoundary.OPEN ? RangeBoundary.OPEN : RangeBoundary.CLOSED;
    }
  }

  /** Null if the value cannot be compared with the range's ends. */
  static @Nullable Boolean includes(Range range, @Nullable Object value) {
    if (value instanceof BigDecimal number
        && range.getLowEndPoint() instanceof BigDecimal low
        && range.getHighEndPoint() instanceof BigDecimal high) {
      int least = range.getLowBoundary() == RangeBoundary.CLOSED ? 0 : 1;
      int most = range.getHighBoundary() == RangeBoundary.CLOSED ? 0 : -1;
      return number.compareTo(low) >= least && number.compareTo(high) <= most;
    }
    try {
      return range.includes(Nothing.NOTHING, value);
    } catch (RuntimeException e) {
      return null;
    }
  }
}
