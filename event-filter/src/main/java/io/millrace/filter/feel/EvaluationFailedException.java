package io.millrace.filter.feel;

/** An event for which an expression has no value. Its message is one sentence without its data. */
public final class EvaluationFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  EvaluationFailedException(String reason) {
    // May be thrown for each event: without a stack trace, which would cost more than the rest.
    super(reason, null, false, false);
  }

  /** What is wrong, for a person. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
