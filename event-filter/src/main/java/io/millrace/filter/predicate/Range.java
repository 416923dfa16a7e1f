package io.millrace.filter.predicate;

import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Numbers between two bounds, either of which may be missing. Ranges have an order: by lower bound,
 * then by upper.
 *
 * @param equality whether it was written with {@code <=}, {@code >=} or {@code between}, each of
 *     which the engine reads as "less, or equal": a list of one number, which has no order, can
 *     still equal the bound
 */
public record Range(
    @Nullable BigDecimal lower,
    boolean lowerIncluded,
    @Nullable BigDecimal upper,
    boolean upperIncluded,
    boolean equality)
    implements Comparable<Range> {

  private static final Comparator<@Nullable BigDecimal> LOWER =
      Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder());
  private static final Comparator<@Nullable BigDecimal> UPPER =
      Comparator.nullsLast(Comparator.<BigDecimal>naturalOrder());

  public static Range above(BigDecimal bound, boolean included) {
    return new Range(bound, included, null, false, included);
  }

  public static Range below(BigDecimal bound, boolean included) {
    return new Range(null, false, bound, included, included);
  }

  public boolean contains(BigDecimal number) {
    return isAbove(number) && isBelow(number);
  }

  /** Whether a list of this one number is accepted: every bound must then be equal to it. */
  boolean isBound(BigDecimal number) {
    return equality
        && (lower == null || number.compareTo(lower) == 0)
        && (upper == null || number.compareTo(upper) == 0);
  }

  /** Whether one has a lower bound only, and the other an upper bound only. */
  boolean completes(Range other) {
    return (upper == null && other.lower == null) || (lower == null && other.upper == null);
  }

  /** What this and one that it completes contain both. */
  Range and(Range other) {
    return upper == null
        ? new Range(
            lower, lowerIncluded, other.upper, other.upperIncluded, equality && other.equality)
        : other.and(this);
  }

  private boolean isAbove(BigDecimal number) {
    if (lower == null) {
      return true;
    }
    int comparison = number.compareTo(lower);
    return lowerIncluded ? comparison >= 0 : comparison > 0;
  }

  private boolean isBelow(BigDecimal number) {
    if (upper == null) {
      return true;
    }
    int comparison = number.compareTo(upper);
    return upperIncluded ? comparison <= 0 : comparison < 0;
  }

  @Override
  public int compareTo(Range other) {
    int order = LOWER.compare(lower, other.lower);
    order = order == 0 ? UPPER.compare(upper, other.upper) : order;
    order = order == 0 ? Boolean.compare(lowerIncluded, other.lowerIncluded) : order;
    order = order == 0 ? Boolean.compare(upperIncluded, other.upperIncluded) : order;
    return order == 0 ? Boolean.compare(equality, other.equality) : order;
  }

  // By value, as in the order: bounds of 1 and 1.0 are the same.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Range range && compareTo(range) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(lower == null ? 0 : lower.doubleValue()) * 31
        + Double.hashCode(upper == null ? 0 : upper.doubleValue());
  }
}
