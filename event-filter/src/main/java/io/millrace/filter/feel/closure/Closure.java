package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/** One piece of an expression, ready to run. Immutable. */
@FunctionalInterface
interface Closure {

  /**
   * The piece's FEEL value.
   *
   * @throws OverBudgetException if the evaluation has cost too much
   */
  @Nullable Object evaluate(Evaluation evaluation);
}
