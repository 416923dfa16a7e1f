package io.millrace.filter.predicate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A number that equals every other of the same value: {@code 150} and {@code 150.0} are one. */
public record NumberKey(BigDecimal value) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NumberKey key && value.compareTo(key.value) == 0;
  }

  // Equal values have equal doubles.
  @Override
  public int hashCode() {
    return Double.hashCode(value.doubleValue());
  }
}
