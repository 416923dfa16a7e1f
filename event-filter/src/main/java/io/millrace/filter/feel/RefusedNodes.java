package io.millrace.filter.feel;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IfExpressionNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NumberNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.UndefinedValueNode;

/** Refuses what a filter may not contain, as far as the tree alone shows it. */
final class RefusedNodes {

  private static final Pattern TEST = Pattern.compile("[<>=]");

  private RefusedNodes() {}

  static void check(ASTNode tree) throws InvalidExpressionException {
    check(tree, 0);
  }

  private static void check(@Nullable ASTNode node, int outside) throws InvalidExpressionException {
    if (node == null) {
      return;
    }
    int depth = nests(node) ? outside + 1 : outside;
    if (depth > FeelExpression.MAX_NESTING) {
      throw at(node, "an expression may be nested at most " + FeelExpression.MAX_NESTING + " deep");
    }
    if (node instanceof FunctionDefNode) {
      throw at(node, "functions cannot be defined in a filter");
    }
    if (node instanceof InfixOpNode infix && isDoubleEquals(infix)) {
      throw at(infix.getRight(), "'==' is not FEEL, equality is '='");
    }
    if (node instanceof InfixOpNode infix && comparesWithTest(infix)) {
      throw at(
          infix.getRight(),
          "a value cannot be compared with the test '" + infix.getRight().getText() + "'");
    }
    if (node instanceof IterationContextNode iteration) {
      checkRange(iteration);
    }
    for (ASTNode child : node.getChildrenNode()) {
      // The parameters of a call are a list of their own in the tree.
      check(child, node instanceof FunctionInvocationNode ? depth - 1 : depth);
    }
  }

  private static boolean nests(ASTNode node) {
    return node instanceof ListNode
        || node instanceof ContextNode
        || node instanceof FunctionInvocationNode
        || node instanceof FilterExpressionNode
        || node instanceof ForExpressionNode
        || node instanceof QuantifiedExpressionNode
        || node instanceof IfExpressionNode
        || node instanceof SignedUnaryNode;
  }

  // The parser takes '== 3' for '=' and the range '= 3'.
  private static boolean isDoubleEquals(InfixOpNode infix) {
    return infix.getRight() instanceof RangeNode range && range.getText().startsWith("=");
  }

  // Nor does it mind the second sign of '> > 3', which no value can make true.
  private static boolean comparesWithTest(InfixOpNode infix) {
    return switch (infix.getOperator()) {
      case LT, LTE, GT, GTE ->
          infix.getRight() instanceof RangeNode range && TEST.matcher(range.getText()).lookingAt();
      default -> false;
    };
  }

  private static void checkRange(IterationContextNode iteration) throws InvalidExpressionException {
    ASTNode start = iteration.getExpression();
    ASTNode end = iteration.getRangeEndExpr();
    if (start instanceof RangeNode range) {
      end = range.getEnd();
      start = range.getStart();
    }
    if (start instanceof UndefinedValueNode || end instanceof UndefinedValueNode) {
      throw at(iteration, "a loop needs a range with both ends, such as 1..10");
    }
    BigDecimal from = number(start);
    BigDecimal to = number(end);
    BigDecimal most = BigDecimal.valueOf(FeelExpression.MAX_ROUNDS);
    if (from != null && to != null && to.subtract(from).abs().compareTo(most) > 0) {
      throw at(iteration, "a loop may go over at most " + most + " values");
    }
  }

  private static @Nullable BigDecimal number(@Nullable ASTNode node) {
    if (node instanceof SignedUnaryNode signed && signed.getExpression() instanceof NumberNode) {
      BigDecimal value = number(signed.getExpression());
      return value == null || signed.getSign() == SignedUnaryNode.Sign.POSITIVE
          ? value
          : value.negate();
    }
    // Numbers out of range are refused elsewhere, and are nothing to calculate with.
    return node instanceof NumberNode literal
            && literal.getValue() != null
            && Math.abs((long) literal.getValue().scale()) < 100
        ? literal.getValue()
        : null;
  }

  private static InvalidExpressionException at(ASTNode node, String reason) {
    return new InvalidExpressionException(node.getStartLine(), node.getStartColumn() + 1, reason);
  }
}
