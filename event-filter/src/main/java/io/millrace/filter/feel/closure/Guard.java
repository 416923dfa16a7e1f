package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/** Stands before one built-in function of the engine. */
@FunctionalInterface
interface Guard {

  /**
   * Charges what the call will cost. False if the function need not be asked: it would be null, or
   * would reach beyond FEEL's values.
   *
   * @throws OverBudgetException if the call would cost too much
   */
  boolean admits(@Nullable Object[] arguments, Evaluation evaluation);
}
