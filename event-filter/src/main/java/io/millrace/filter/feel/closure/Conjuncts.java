package io.millrace.filter.feel.closure;

import java.util.ArrayList;
import java.util.List;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InfixOperator;

/** The operands of a chain of one operator, in their order. */
public final class Conjuncts {

  private Conjuncts() {}

  /** The operands of {@code and} at the top; the tree itself if that is none. */
  public static List<BaseNode> of(BaseNode tree) {
    return of(tree, InfixOperator.AND);
  }

  static List<BaseNode> of(BaseNode tree, InfixOperator operator) {
    List<BaseNode> operands = new ArrayList<>();
    collect(tree, operator, operands);
    return operands;
  }

  private static void collect(BaseNode node, InfixOperator operator, List<BaseNode> operands) {
    if (node instanceof InfixOpNode infix && infix.getOperator() == operator) {
      collect(infix.getLeft(), operator, operands);
      collect(infix.getRight(), operator, operands);
    } else {
      operands.add(node);
    }
  }
}
