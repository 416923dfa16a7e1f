package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.closure.OverBudgetException;
import io.millrace.filter.feel.closure.Program;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.types.impl.ComparablePeriod;

/**
 * A FEEL expression that takes a value out of an event, which a stranger may have written. The same
 * variables, refusals and budget as in a {@link FeelExpression}. Immutable, and safe for use by
 * several threads.
 */
public final class EventExpression {

  private final String text;
  private final Program program;

  private EventExpression(String text, Program program) {
    this.text = text;
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException if it is no FEEL, or holds what is refused; with the place
   *     and a reason that its author can act on
   */
  public static EventExpression compile(String text) throws InvalidExpressionException {
    return new EventExpression(text, FeelCompiler.compile(text).program());
  }

  /**
   * The expression's value: a {@code String}, {@code Boolean}, {@code BigDecimal}, {@code List},
   * {@code Map}, a {@link java.time} date, time, date and time, {@code Duration} or {@code Period},
   * or null, as FEEL answers for what is not there.
   *
   * @throws EvaluationFailedException if the event's data cannot be read, the evaluation costs too
   *     much, or FEEL has no value for it
   */
  public @Nullable Object evaluate(EventView event) throws EvaluationFailedException {
    try {
      return plain(program.run(EventVariables.of(event), System::nanoTime));
    } catch (UnreadableDataException | OverBudgetException e) {
      throw new EvaluationFailedException(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // Without the cause: its message may hold values of the event.
      throw new EvaluationFailedException("the expression could not be evaluated");
    }
  }

  /** The text it was compiled from. */
  @Override
  public String toString() {
    return text;
  }

  private static @Nullable Object plain(@Nullable Object value) throws EvaluationFailedException {
    if (value instanceof ComparablePeriod period) {
      return period.asPeriod();
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof BigDecimal
        || value instanceof List
        || value instanceof Map
        || value instanceof TemporalAccessor
        || value instanceof Duration) {
      return value;
    }
    throw new EvaluationFailedException(
        "the expression's value is a range or a test, and no value");
  }
}
