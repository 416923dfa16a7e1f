package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/** A piece whose value was known when it was compiled. */
record Constant(@Nullable Object value) implements Closure {

  static final Constant NULL = new Constant(null);

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    return value;
  }
}
