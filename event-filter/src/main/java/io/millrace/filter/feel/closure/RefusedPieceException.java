package io.millrace.filter.feel.closure;

import org.kie.dmn.feel.lang.ast.ASTNode;

/** A piece of an expression that is FEEL, and that a filter may not have. */
public final class RefusedPieceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  RefusedPieceException(ASTNode node, String reason) {
    super(reason);
    this.line = node.getStartLine();
    this.column = node.getStartColumn() + 1;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1. */
  public int column() {
    return column;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
