package io.millrace.filter.predicate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A comparison of a number with bounds. */
public final class Within implements Condition {

  private static final int MAX_DIGITS = 15;

  private final Path path;
  private final Range range;

  // Of the bounds the doubles, which keep the order of the numbers and are close at hand.
  private final double low;
  private final double high;

  public Within(Path path, Range range) {
    this.path = path;
    this.range = range;
    this.low = range.lower() == null ? Double.NEGATIVE_INFINITY : range.lower().doubleValue();
    this.high = range.upper() == null ? Double.POSITIVE_INFINITY : range.upper().doubleValue();
  }

  @Override
  public Path path() {
    return path;
  }

  public Range range() {
    return range;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    if (value instanceof Single single) {
      return single.value() instanceof BigDecimal number && range.isBound(number);
    }
    return value instanceof BigDecimal number && accepts(number);
  }

  private boolean accepts(BigDecimal number) {
    // The double of others costs more than the exact comparison.
    if (number.scale() >= 0 && number.scale() <= MAX_DIGITS && number.precision() <= MAX_DIGITS) {
      double near = number.doubleValue();
      if (near < low || near > high) {
        return false;
      }
      if (low < near && near < high) {
        return true;
      }
    }
    return range.contains(number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Within within && path.equals(within.path) && range.equals(within.range);
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + range.hashCode();
  }

  @Override
  public String toString() {
    return path + " within " + range;
  }
}
