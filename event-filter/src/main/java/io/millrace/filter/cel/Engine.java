package io.millrace.filter.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import dev.cel.runtime.standard.CelStandardOverload;
import io.millrace.filter.feel.InvalidExpressionException;
import java.util.List;
import java.util.Set;

/**
 * The engine as it is set up here. Its older interpreter, for it reads of a map what is asked for;
 * the newer one copies all of it first (80 µs for an event with a list of 500 numbers, against 1).
 */
final class Engine {

  private static final int MAX_NESTING = 40;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(CelExpression.MAX_ROUNDS)
          .maxExpressionCodePointSize(CelExpression.MAX_LENGTH)
          .maxParseExpressionNodeCount(CelExpression.MAX_NODES)
          .maxParseRecursionDepth(MAX_NESTING)
          .maxParseErrorRecoveryLimit(1)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .setResultType(SimpleType.BOOL)
          .build();

  // What makes values larger than those it is given; of bytes, which events have none, it is left
  // out.
  private static final Set<CelStandardOverload> UNBOUNDED =
      Set.of(AddOverload.ADD_STRING, AddOverload.ADD_LIST, AddOverload.ADD_BYTES);

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .setStandardEnvironmentEnabled(false)
          .setStandardFunctions(
              CelStandardFunctions.newBuilder()
                  .filterFunctions(
                      (function, overload) ->
                          function != StandardFunction.MATCHES && !UNBOUNDED.contains(overload))
                  .build())
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "add_string", String.class, String.class, Bounded::concatenation),
              CelFunctionBinding.from("add_list", List.class, List.class, Bounded::concatenation),
              CelFunctionBinding.from("matches", String.class, String.class, Bounded::matches),
              CelFunctionBinding.from(
                  "matches_string", String.class, String.class, Bounded::matches))
          .build();

  private Engine() {}

  static CelAbstractSyntaxTree check(String text) throws InvalidExpressionException {
    if (text.length() > CelExpression.MAX_LENGTH) {
      throw new InvalidExpressionException(
          1, 1, "is longer than " + CelExpression.MAX_LENGTH + " characters");
    }
    try {
      return COMPILER.compile(text).getAst();
    } catch (CelValidationException e) {
      CelIssue first = e.getErrors().get(0);
      throw new InvalidExpressionException(
          Math.max(1, first.getSourceLocation().getLine()),
          Math.max(0, first.getSourceLocation().getColumn()) + 1,
          first.getMessage());
    }
  }

  static CelRuntime.Program program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
    return RUNTIME.createProgram(tree);
  }
}
