package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/**
 * {@code and} or {@code or} over any number of pieces, three-valued. Each piece is evaluated at
 * most once: the engine evaluates a right side up to three times, and so a chain of them
 * exponentially often.
 *
 * @param decisive the value that decides at once: false for {@code and}, true for {@code or}
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
record Logic(Boolean decisive, Closure[] pieces) implements Closure {

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    Boolean result = !decisive;
    for (Closure piece : pieces) {
      Object value = piece.evaluate(evaluation);
      if (decisive.equals(value)) {
        return decisive;
      }
      if (!(value instanceof Boolean)) {
        result = null;
      }
    }
    return result;
  }

  /** DMN 1.5, table 51: {@code and} of two values. */
  static @Nullable Boolean and(@Nullable Object left, @Nullable Object right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return false;
    }
    return (left instanceof Boolean && right instanceof Boolean) ? true : null;
  }
}
