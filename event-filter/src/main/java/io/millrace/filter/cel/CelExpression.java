package io.millrace.filter.cel;

import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.feel.Outcome;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CEL expression over {@code event}, which a stranger may have written: a map with the properties
 * that Acronis's API gives an event, where one that the event does not have is missing ({@code
 * has(event.subject)} tells) and times are texts. Standard functions and macros alone.
 *
 * <p>Refused when it is compiled: what is no truth value, what is longer or deeper than {@link
 * #MAX_LENGTH}, {@link #MAX_NODES} and {@link #MAX_LOOPS}, and regular expressions that RE2 does
 * not take or that are too large. An evaluation that loops more than {@link #MAX_ROUNDS} times in
 * all, looks at too much, or errs is {@link Outcome#FAILED}. Immutable, and safe for use by several
 * threads.
 *
 * <p>Source: Common Expression Language specification (cel-spec), by Google's cel-java.
 */
public final class CelExpression {

  /** Longest text that is taken, in characters. Source: Acronis Event Manager. */
  public static final int MAX_LENGTH = 4096;

  /** Most operations, names and literals. */
  public static final int MAX_NODES = 1_000;

  /** Deepest nesting of loops such as {@code exists} and {@code map}. */
  public static final int MAX_LOOPS = 2;

  /** Most rounds of all loops of one evaluation. */
  public static final int MAX_ROUNDS = 1_000;

  private static final String EVENT = "event";
  private static final Logger LOG = LoggerFactory.getLogger(CelExpression.class);

  private final String text;
  private final CelRuntime.Program program;
  private final Map<String, Pattern> patterns;

  private CelExpression(String text, CelRuntime.Program program, Map<String, Pattern> patterns) {
    this.text = text;
    this.program = program;
    this.patterns = patterns;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException if it is no CEL, or holds what is refused; with the place
   *     and a reason that its author can act on
   */
  public static CelExpression compile(String text) throws InvalidExpressionException {
    CelAbstractSyntaxTree tree = Engine.check(text);
    Map<String, Pattern> patterns = new TreeCheck(tree).patterns();
    try {
      return new CelExpression(text, Engine.program(tree), patterns);
    } catch (CelEvaluationException e) {
      throw new InvalidExpressionException(1, 1, "cannot be run: " + e.getMessage());
    }
  }

  /** What the expression says of the event; never throws. */
  public Outcome evaluate(EventView event) {
    Budget budget = new Budget(System::nanoTime);
    EventMap map = new EventMap(event, budget);
    try {
      Object value =
          Bounded.with(
              budget,
              patterns,
              () -> program.eval(name -> name.equals(EVENT) ? Optional.of(map) : Optional.empty()));
      return Boolean.TRUE.equals(value) ? Outcome.TRUE : Outcome.NOT_TRUE;
    } catch (CelEvaluationException | RuntimeException | VirtualMachineError e) {
      // Without the cause: its message may hold values of the event.
      LOG.debug("A filter could not be evaluated: {}", e.getClass().getSimpleName());
      return Outcome.FAILED;
    }
  }

  /** The text it was compiled from. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CelExpression cel && text.equals(cel.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
