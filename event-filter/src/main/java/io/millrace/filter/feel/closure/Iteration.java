package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.forexpressioniterators.BigDecimalRangeIterator;
import org.kie.dmn.feel.lang.ast.forexpressioniterators.LocalDateRangeIterator;
import org.kie.dmn.feel.runtime.Range;

/**
 * One {@code x in domain} of a loop.
 *
 * @param end the end of a domain {@code start..end}
 */
record Iteration(int slot, Closure domain, @Nullable Closure end) {

  /** What {@code for} goes through; null if there is no going through it. */
  @Nullable Iterator<?> values(Evaluation evaluation) {
    Object first = domain.evaluate(evaluation);
    Object last = end == null ? null : end.evaluate(evaluation);
    if (last != null) {
      return between(first, last);
    }
    if (first == null) {
      return null;
    }
    if (first instanceof Iterable<?> several) {
      return several.iterator();
    }
    return first instanceof Range range
        ? between(range.getStart(), range.getEnd())
        : Collections.singletonList(first).iterator();
  }

  /** What {@code some} and {@code every} go through: as in the engine, no ranges. */
  Iterable<?> elements(Evaluation evaluation) {
    Object value = domain.evaluate(evaluation);
    if (end != null) {
      end.evaluate(evaluation);
    }
    return value instanceof Iterable<?> several ? several : Collections.singletonList(value);
  }

  private static @Nullable Iterator<?> between(@Nullable Object first, Object last) {
    if (first == null) {
      throw new IllegalArgumentException("a range that starts with null");
    }
    if (first instanceof BigDecimal from && last instanceof BigDecimal to) {
      if (!Numbers.isModest(from) || !Numbers.isModest(to)) {
        throw new OverBudgetException("a loop goes over too many values");
      }
      return new BigDecimalRangeIterator(from, to);
    }
    return first instanceof LocalDate from && last instanceof LocalDate to
        ? new LocalDateRangeIterator(from, to)
        : null;
  }
}
