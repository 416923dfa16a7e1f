package io.millrace.filter.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.millrace.filter.feel.InvalidExpressionException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine's own checks leave open: loops in loops, and regular expressions. */
final class TreeCheck {

  private static final int MAX = CelExpression.MAX_LOOPS;

  private final CelAbstractSyntaxTree tree;

  TreeCheck(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** The regular expressions that are literals, compiled. */
  Map<String, Pattern> patterns() throws InvalidExpressionException {
    Map<String, Pattern> patterns = new HashMap<>();
    for (CelNavigableExpr node : CelNavigableAst.fromAst(tree).getRoot().allNodes().toList()) {
      CelExpr expression = node.expr();
      if (expression.getKind() == ExprKind.Kind.COMPREHENSION && loops(node) > MAX) {
        throw refused(expression, "has loops in loops, more than " + MAX + " deep");
      }
      if (expression.getKind() == ExprKind.Kind.CALL) {
        pattern(expression, patterns);
      }
    }
    return Map.copyOf(patterns);
  }

  private static int loops(CelNavigableExpr node) {
    int loops = 0;
    for (Optional<CelNavigableExpr> at = Optional.of(node);
        at.isPresent();
        at = at.get().parent()) {
      loops += at.get().getKind() == ExprKind.Kind.COMPREHENSION ? 1 : 0;
    }
    return loops;
  }

  private void pattern(CelExpr expression, Map<String, Pattern> patterns)
      throws InvalidExpressionException {
    CelCall call = expression.call();
    List<CelExpr> arguments = call.args();
    if (!call.function().equals("matches") || arguments.isEmpty()) {
      return;
    }
    CelExpr last = arguments.get(arguments.size() - 1);
    if (last.getKind() != ExprKind.Kind.CONSTANT
        || last.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return;
    }
    String text = last.constant().stringValue();
    try {
      patterns.put(text, Bounded.compile(text));
    } catch (PatternSyntaxException | IllegalArgumentException e) {
      throw refused(last, "is no regular expression that is taken: " + e.getMessage());
    }
  }

  private InvalidExpressionException refused(CelExpr expression, String reason) {
    int offset = tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
    return tree.getSource()
        .getOffsetLocation(offset)
        .map(at -> new InvalidExpressionException(at.getLine(), at.getColumn() + 1, reason))
        .orElseGet(() -> new InvalidExpressionException(1, 1, reason));
  }
}
