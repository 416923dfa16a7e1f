package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Demand;
import org.kie.dmn.api.core.DMNVersion;
import org.kie.dmn.feel.lang.FEELDialect;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A FEEL expression over an event. Variables are the fields of the event's data, then {@code data}
 * (all of it) and {@code event} (its attributes); a field of the data wins. Always interpreted: the
 * engine's compiled mode would put text of strangers into generated Java. Immutable, and safe for
 * use by several threads.
 *
 * <p>Source: OMG DMN 1.5, chapter 10 (FEEL and its three-valued logic).
 */
public final class FeelExpression {

  /** Longest text that is taken, in characters. */
  public static final int MAX_LENGTH = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(FeelExpression.class);

  // Has no listeners: an unknown variable is daily business of a filter, not an error.
  private static final FEELEventListenersManager SILENT = new FEELEventListenersManager();

  private final String text;
  private final BaseNode tree;

  private FeelExpression(String text, BaseNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpressionException if it is longer than {@link #MAX_LENGTH}, is no FEEL, calls
   *     a function that FEEL does not have, or defines a function
   */
  public static FeelExpression compile(String text) throws InvalidExpressionException {
    return new FeelExpression(text, FeelCompiler.compile(text));
  }

  /** What the expression says of the event; never throws. */
  public Outcome evaluate(EventView event) {
    try {
      var context =
          new EvaluationContextImpl(
              NoClasses.LOADER, SILENT, FEELDialect.FEEL, DMNVersion.getLatest());
      context.push(EventFrame.of(event));
      return Boolean.TRUE.equals(tree.evaluate(context)) ? Outcome.TRUE : Outcome.NOT_TRUE;
    } catch (Exception | StackOverflowError e) {
      LOG.debug("A filter could not be evaluated", e);
      return Outcome.FAILED;
    }
  }

  /** What must hold in an event for this to be true, as far as an index can use it. */
  public Demand demand() {
    return PredicateReader.read(tree);
  }

  /** The text it was compiled from. */
  @Override
  public String toString() {
    return text;
  }
}
