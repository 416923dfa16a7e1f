package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.closure.Budget;
import io.millrace.filter.feel.closure.OverBudgetException;
import io.millrace.filter.feel.closure.Program;
import io.millrace.filter.feel.closure.RefusedPieceException;
import io.millrace.filter.feel.closure.Variables;
import io.millrace.filter.predicate.Demand;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FEEL expression over an event, which a stranger may have written. Variables are the fields of
 * the event's data, then {@code data} (all of it) and {@code event} (its attributes); a field of
 * the data wins. A built-in function is never hidden by a field where it is called. Parsed by the
 * engine, run as closures: never the engine's compiled mode, which would put the text into
 * generated Java. Immutable, and safe for use by several threads.
 *
 * <p>Refused when it is compiled, since a filter that did it could read the JVM or keep a thread
 * busy: definitions of functions (external ones reach Java classes), functions as values, {@code
 * decision table}, regular expressions that take more than linear time (back-references), loops
 * over ranges without an end or of more than {@link #MAX_ROUNDS} values, and what is longer or
 * deeper than {@link #MAX_LENGTH} and {@link #MAX_NESTING}. Paths enter contexts and lists and the
 * properties of FEEL's dates, times, durations and ranges; Java's getters are no properties. An
 * evaluation that takes more than {@link Budget#MAX_STEPS} steps or {@link Budget#MAX_NANOS}, or
 * makes a string, a number or a nesting beyond bounds, is {@link Outcome#FAILED}.
 *
 * <p>Source: OMG DMN 1.5, chapter 10 (FEEL and its three-valued logic).
 */
public final class FeelExpression {

  /** Longest text that is taken, in characters. */
  public static final int MAX_LENGTH = 4096;

  /** Deepest nesting that is taken: brackets, and what stands in each other without them. */
  public static final int MAX_NESTING = 40;

  /** Most values of a range that a loop is written over. */
  public static final int MAX_ROUNDS = 10_000;

  private static final int MAX_LOGGED = 200;

  private static final Logger LOG = LoggerFactory.getLogger(FeelExpression.class);

  private final String text;
  private final BaseNode tree;
  private final Program program;
  private final LongAdder overBudget = new LongAdder();

  private FeelExpression(String text, BaseNode tree, Program program) {
    this.text = text;
    this.tree = tree;
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException if it is no FEEL, or holds what is refused; with the place
   *     and a reason that its author can act on
   */
  public static FeelExpression compile(String text) throws InvalidExpressionException {
    Parsed parsed = FeelCompiler.compile(text);
    return new FeelExpression(text, parsed.tree(), parsed.program());
  }

  /** What the expression says of the event; never throws. */
  public Outcome evaluate(EventView event) {
    try {
      return evaluate(EventVariables.of(event));
    } catch (UnreadableDataException e) {
      return failed(e);
    }
  }

  /**
   * What the expression says of values that come from elsewhere; never throws.
   *
   * @param variables by name: maps, lists, strings, booleans, {@code BigDecimal} and times
   */
  public Outcome evaluate(Map<String, ? extends @Nullable Object> variables) {
    return evaluate(Variables.of(variables));
  }

  /**
   * The same with variables that no event can hide; never throws. They, {@code event} and {@code
   * data} win over fields of the event's data, as they do not in a filter: here somebody may have
   * published a field of such a name to pass for what he is not.
   *
   * @param given by name, as in the other methods
   */
  public Outcome evaluate(EventView event, Map<String, ? extends @Nullable Object> given) {
    try {
      return evaluate(new GivenVariables(given, EventVariables.of(event), event.attributes()));
    } catch (UnreadableDataException e) {
      return failed(e);
    }
  }

  private Outcome evaluate(Variables variables) {
    try {
      Object value = program.run(variables, System::nanoTime);
      return Boolean.TRUE.equals(value) ? Outcome.TRUE : Outcome.NOT_TRUE;
    } catch (OverBudgetException e) {
      countOverBudget(e);
      return Outcome.FAILED;
    } catch (RuntimeException | StackOverflowError e) {
      return failed(e);
    }
  }

  private static Outcome failed(Throwable cause) {
    // Without the cause: its message may hold values of the event.
    LOG.debug("A filter could not be evaluated: {}", cause.getClass().getSimpleName());
    return Outcome.FAILED;
  }

  /** How many evaluations were given up because they cost too much. */
  public long overBudget() {
    return overBudget.sum();
  }

  /**
   * Why the expression is what it is for the event; never throws. Holds values of the event: for
   * whoever may read the event, never for a log.
   */
  public Explanation explain(EventView event) {
    return new Explainer(tree).explain(event);
  }

  /** The fields of the event's data that the expression reads by name, in alphabetical order. */
  public Set<String> variables() {
    return Fields.of(tree).names();
  }

  /**
   * What looks wrong though it can be run: fields that such events do not have.
   *
   * @param knownFields the fields of the data of the events that are meant
   */
  public List<Warning> warnings(Set<String> knownFields) {
    return Fields.of(tree).unknown(knownFields);
  }

  // The first time and each power of ten: a filter that keeps doing it is seen, and floods nothing.
  private void countOverBudget(OverBudgetException e) {
    overBudget.increment();
    long count = overBudget.sum();
    if (isPowerOfTen(count)) {
      LOG.warn("Gave up the filter '{}' for the {}. time: {}", oneLine(), count, e.getMessage());
    }
  }

  // A stranger's text must not look like lines of the log.
  private String oneLine() {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= MAX_LOGGED ? line : line.substring(0, MAX_LOGGED) + "…";
  }

  private static boolean isPowerOfTen(long count) {
    long power = 1;
    while (power < count) {
      power *= 10;
    }
    return power == count;
  }

  /** What must hold in an event for this to be true, as far as an index can use it. */
  public Demand demand() {
    return PredicateReader.read(tree);
  }

  /**
   * What is left to evaluate where the {@link #demand} is met: the conjuncts that it does not say
   * whole. Expressions that differ in what an index looks up often have the same rest.
   */
  public FeelExpression rest() {
    BaseNode rest = PredicateReader.rest(tree);
    if (rest == null) {
      return this;
    }
    try {
      return new FeelExpression(rest.getText(), rest, Program.compile(rest));
    } catch (RefusedPieceException e) {
      throw new IllegalStateException("a part is refused of what was taken whole", e);
    }
  }

  /** The text it was compiled from. */
  @Override
  public String toString() {
    return text;
  }
}
