package io.millrace.filter.feel.closure;

/** An expression wanted more time, memory or size of numbers than one may have. */
public final class OverBudgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OverBudgetException(String reason) {
    // May be thrown for each event: without a stack trace, which would cost more than the rest.
    super(reason, null, false, false);
  }
}
