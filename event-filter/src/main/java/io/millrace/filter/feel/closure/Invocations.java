package io.millrace.filter.feel.closure;

import static org.kie.dmn.feel.util.StringEvalHelper.normalizeVariableName;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.NamedParameterNode;

/** Makes closures of calls, after checking that the function can take the arguments. */
final class Invocations {

  private final Pieces pieces;

  Invocations(Pieces pieces) {
    this.pieces = pieces;
  }

  Closure compile(FunctionInvocationNode call, Scope scope) throws RefusedPieceException {
    String name = normalizeVariableName(call.getName().getText());
    BuiltIn function = BuiltIn.named(name);
    if (function == null) {
      throw new RefusedPieceException(call, FunctionNames.unknown(name));
    }
    List<BaseNode> given = call.getParams().getElements();
    List<String> names = names(given);
    if (names.isEmpty() ? !function.takes(given.size()) : !function.takes(names)) {
      throw new RefusedPieceException(call, misfit(function, given.size(), names));
    }
    List<BaseNode> values =
        given.stream()
            .map(node -> node instanceof NamedParameterNode n ? n.getExpression() : node)
            .toList();
    Closure[] arguments = pieces.all(values, scope);
    return regex(call, function, names, arguments);
  }

  private static Closure regex(
      FunctionInvocationNode call, BuiltIn function, List<String> names, Closure[] arguments)
      throws RefusedPieceException {
    List<String> parameters = Regexes.parameters(function.name());
    if (parameters == null) {
      Closure piece =
          names.isEmpty()
              ? Calls.direct(function, arguments)
              : new Calls.ByName(function, names, arguments);
      return Folding.foldCall(function.name(), piece, arguments);
    }
    try {
      Closure[] ordered = names.isEmpty() ? arguments : ordered(parameters, names, arguments);
      return Regexes.call(function.name(), ordered);
    } catch (IllegalArgumentException e) {
      throw new RefusedPieceException(call, String.valueOf(e.getMessage()));
    }
  }

  private static Closure[] ordered(
      List<String> parameters, List<String> names, Closure[] arguments) {
    Closure[] ordered = new Closure[parameters.size()];
    Arrays.fill(ordered, Constant.NULL);
    for (int i = 0; i < arguments.length; i++) {
      ordered[parameters.indexOf(names.get(i))] = arguments[i];
    }
    return ordered;
  }

  private static List<String> names(List<BaseNode> given) {
    List<String> names = new ArrayList<>();
    for (BaseNode node : given) {
      if (node instanceof NamedParameterNode named) {
        names.add(normalizeVariableName(named.getName().getText()));
      }
    }
    return names;
  }

  private static String misfit(BuiltIn function, int count, List<String> names) {
    return names.isEmpty()
        ? "'%s' takes %s, not %d".formatted(function.name(), function.arities(), count)
        : "'%s' has no such parameter: its parameters are %s"
            .formatted(function.name(), function.parameters());
  }
}
