package io.millrace.filter.feel;

/** A text that is no expression of its language, or one that Millrace does not take. */
public final class InvalidExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * The reason at its place.
   *
   * @param line from 1
   * @param column from 1
   */
  public InvalidExpressionException(int line, int column, String reason) {
    super(reason);
    this.line = line;
    this.column = column;
  }

  /** Line of the fault, from 1. */
  public int line() {
    return line;
  }

  /** Column of the fault, from 1. */
  public int column() {
    return column;
  }

  /** What is wrong, without its place. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
