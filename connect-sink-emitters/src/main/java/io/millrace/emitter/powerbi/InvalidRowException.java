package io.millrace.emitter.powerbi;

/** An event that cannot be a row of the table. Its message names the column, not the value. */
final class InvalidRowException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidRowException(String reason) {
    // May be thrown for each event: without a stack trace, which would cost more than the rest.
    super(reason, null, false, false);
  }

  /** The same, with the column's name. */
  InvalidRowException in(String column) {
    return new InvalidRowException("column " + column + " " + getMessage());
  }
}
