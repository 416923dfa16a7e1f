package io.millrace.filter.cel;

/** An evaluation costs too much. Carries no stack: it is a limit, not a fault. */
final class OverBudgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OverBudgetException(String reason) {
    super(reason, null, false, false);
  }
}
