package io.millrace.filter.feel.closure;

import static org.kie.dmn.feel.util.StringEvalHelper.normalizeVariableName;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode.Quantifier;

/** Makes closures of loops. */
final class Loops {

  private static final String PARTIAL = "partial";

  private final Pieces pieces;

  Loops(Pieces pieces) {
    this.pieces = pieces;
  }

  /** Null if the node is no loop. */
  @Nullable Closure compile(BaseNode node, Scope scope) throws RefusedPieceException {
    if (node instanceof ForExpressionNode loop) {
      Scope partial = scope.with(PARTIAL);
      Iteration[] iterations = new Iteration[loop.getIterationContexts().size()];
      Scope inner = iterations(loop.getIterationContexts(), partial, iterations);
      Closure body = pieces.compile(loop.getExpression(), inner);
      return new For(iterations, body, partial.slot(), cost(loop));
    }
    if (node instanceof QuantifiedExpressionNode loop) {
      Iteration[] iterations = new Iteration[loop.getIterationContexts().size()];
      Scope inner = iterations(loop.getIterationContexts(), scope, iterations);
      Closure condition = pieces.compile(loop.getExpression(), inner);
      boolean some = loop.getQuantifier() == Quantifier.SOME;
      return new Quantified(some, iterations, condition, cost(loop));
    }
    return null;
  }

  private Scope iterations(List<IterationContextNode> nodes, Scope scope, Iteration[] iterations)
      throws RefusedPieceException {
    Scope inner = scope;
    for (int i = 0; i < iterations.length; i++) {
      IterationContextNode node = nodes.get(i);
      Closure domain = pieces.compile(node.getExpression(), inner);
      Closure end =
          node.getRangeEndExpr() == null ? null : pieces.compile(node.getRangeEndExpr(), inner);
      inner = inner.with(normalizeVariableName(node.getName().getText()));
      iterations[i] = new Iteration(inner.slot(), domain, end);
    }
    return inner;
  }

  /** Steps of one round: as many as there are nodes to evaluate in it. */
  static int cost(@Nullable ASTNode node) {
    if (node == null) {
      return 0;
    }
    int cost = 1;
    for (ASTNode child : node.getChildrenNode()) {
      cost += cost(child);
    }
    return cost;
  }
}
