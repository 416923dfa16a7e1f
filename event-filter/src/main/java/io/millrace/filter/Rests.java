package io.millrace.filter;

import io.millrace.filter.feel.FeelExpression;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of expressions where the index has led to them: once for all that leave the same, so
 * that it is in the processor's caches. Belongs to whoever holds the index's lock.
 */
final class Rests {

  private final Map<String, Rest> byText = new HashMap<>();

  private static final class Rest {

    final FeelExpression expression;
    int users;

    Rest(FeelExpression expression) {
      this.expression = expression;
    }
  }

  /** That rest, or an equal one; to be paired with one {@link #release}. */
  FeelExpression acquire(FeelExpression rest) {
    Rest shared = byText.computeIfAbsent(rest.toString(), text -> new Rest(rest));
    shared.users++;
    return shared.expression;
  }

  void release(@Nullable FeelExpression rest) {
    if (rest != null) {
      byText.computeIfPresent(
          rest.toString(), (text, shared) -> --shared.users == 0 ? null : shared);
    }
  }
}
