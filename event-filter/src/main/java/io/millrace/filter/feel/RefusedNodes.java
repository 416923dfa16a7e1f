package io.millrace.filter.feel;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.functions.BuiltInFunctions;

/**
 * Refuses what a filter may not contain, and binds each call to its built-in function, so that no
 * field of an event's data can take the function's place.
 */
final class RefusedNodes {

  private static final Map<String, FEELFunction> BUILT_IN =
      Arrays.stream(BuiltInFunctions.getFunctions())
          .collect(Collectors.toUnmodifiableMap(FEELFunction::getName, function -> function));

  private static final Pattern TEST = Pattern.compile("[<>=]");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private RefusedNodes() {}

  static void check(@Nullable ASTNode node) throws InvalidExpressionException {
    if (node == null) {
      return;
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
    if (node instanceof FunctionInvocationNode call) {
      bind(call);
    }
    for (ASTNode child : node.getChildrenNode()) {
      check(child);
    }
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

  private static void bind(FunctionInvocationNode call) throws InvalidExpressionException {
    BaseNode name = call.getName();
    FEELFunction function = name instanceof NameRefNode ? BUILT_IN.get(text(name)) : null;
    if (function == null) {
      throw at(name, "there is no function '" + text(name) + "'");
    }
    call.setName(new BoundFunction(name, function));
  }

  // Names of several words may stand with any space between them.
  private static String text(ASTNode name) {
    return SPACE.matcher(name.getText()).replaceAll(" ");
  }

  private static InvalidExpressionException at(ASTNode node, String reason) {
    return new InvalidExpressionException(node.getStartLine(), node.getStartColumn() + 1, reason);
  }
}
