package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.Program;
import io.millrace.filter.feel.closure.RefusedPieceException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.lang.types.DefaultBuiltinFEELTypeRegistry;
import org.kie.dmn.feel.parser.feel11.ASTBuilderVisitor;
import org.kie.dmn.feel.parser.feel11.FEELParser;
import org.kie.dmn.feel.runtime.events.SyntaxErrorEvent;

/** Text to the engine's tree, by the engine's parser alone, and refusal of what is not taken. */
final class FeelCompiler {

  private static final Map<String, Type> VARIABLES =
      Map.of(EventVariables.DATA, BuiltInType.UNKNOWN, EventVariables.EVENT, BuiltInType.UNKNOWN);

  private static final Pattern EXPECTATION = Pattern.compile(" expecting [{'<].*", Pattern.DOTALL);

  private FeelCompiler() {}

  static Parsed compile(String text) throws InvalidExpressionException {
    return compile(text, VARIABLES);
  }

  /** With other variables than those of an event: their names may have spaces. */
  static Parsed compile(String text, Map<String, Type> variables)
      throws InvalidExpressionException {
    checkSize(text);
    try {
      BaseNode tree = parse(text, variables);
      RefusedNodes.check(tree);
      return new Parsed(tree, Program.compile(tree));
    } catch (RefusedPieceException e) {
      throw new InvalidExpressionException(e.line(), e.column(), e.reason());
    } catch (StackOverflowError e) {
      throw new InvalidExpressionException(1, 1, "an expression must not be nested so deep");
    } catch (RuntimeException e) {
      // Faults of the engine on odd texts must not look like faults of ours.
      throw new InvalidExpressionException(1, 1, "the expression cannot be understood");
    }
  }

  private static void checkSize(String text) throws InvalidExpressionException {
    if (text.isBlank()) {
      throw new InvalidExpressionException(1, 1, "an expression must not be empty");
    }
    if (text.length() > FeelExpression.MAX_LENGTH) {
      throw new InvalidExpressionException(
          1, 1, "an expression has at most " + FeelExpression.MAX_LENGTH + " characters");
    }
    // Before parsing: the parser's effort grows steeply with nested brackets.
    if (Nesting.of(text) > FeelExpression.MAX_NESTING) {
      throw new InvalidExpressionException(
          1, 1, "brackets may be nested at most " + FeelExpression.MAX_NESTING + " deep");
    }
  }

  private static BaseNode parse(String text, Map<String, Type> variables)
      throws InvalidExpressionException {
    var first = new FirstSyntaxError();
    var listeners = new FEELEventListenersManager();
    listeners.addListener(first::onEvent);
    var types = DefaultBuiltinFEELTypeRegistry.INSTANCE;
    var parser =
        FEELParser.parse(listeners, text, variables, Map.of(), List.of(), List.of(), types);
    var unit = parser.compilation_unit();
    first.raise();
    return new ASTBuilderVisitor(variables, types).visit(unit);
  }

  /** The first is the one to mend; the others often follow from it. */
  private static final class FirstSyntaxError {

    private @Nullable FEELEvent event;

    // Unknown variables are reported too, but every field of the data is one.
    void onEvent(FEELEvent reported) {
      if (event == null && reported instanceof SyntaxErrorEvent) {
        event = reported;
      }
    }

    void raise() throws InvalidExpressionException {
      if (event == null) {
        return;
      }
      // What the parser expects instead is a list of dozens of tokens.
      Matcher expectation = EXPECTATION.matcher(event.getMessage());
      throw new InvalidExpressionException(
          event.getLine(),
          event.getColumn() + 1,
          expectation.replaceFirst("").replace("<EOF>", "the end"));
    }
  }
}
