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

  /** The same over the pieces, in the shape that takes least time. */
  static Closure of(boolean decisive, Closure[] pieces) {
    return pieces.length == 2
        ? new Pair(decisive, pieces[0], pieces[1])
        : new Logic(decisive, pieces);
  }

  /** Of two pieces, as most are: the JVM tells their calls apart, which it does not in an array. */
  record Pair(Boolean decisive, Closure left, Closure right) implements Closure {

    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object first = left.evaluate(evaluation);
      if (decisive.equals(first)) {
        return decisive;
      }
      Object second = right.evaluate(evaluation);
      if (decisive.equals(second)) {
        return decisive;
      }
      return (first instanceof Boolean && second instanceof Boolean) ? !decisive : null;
    }
  }

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
