package io.millrace.filter.predicate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A comparison of a number with bounds. */
public record Within(Path path, Range range) implements Condition {

  @Override
  public boolean accepts(@Nullable Object value) {
    if (value instanceof Single single) {
      return single.value() instanceof BigDecimal number && range.isBound(number);
    }
    return value instanceof BigDecimal number && range.contains(number);
  }
}
