package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.Explanation;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import org.jspecify.annotations.Nullable;

/**
 * One filter, compiled; for many filters over the same events use {@link FilterIndex}. Immutable,
 * and safe for use by several threads.
 */
public final class EventMatcher {

  private final EventFilter filter;
  private final @Nullable FeelExpression expression;
  private final Selection selection;

  EventMatcher(EventFilter filter, @Nullable FeelExpression expression, Selection selection) {
    this.filter = filter;
    this.expression = expression;
    this.selection = selection;
  }

  /**
   * Compiles a filter, for which no tenant is below another.
   *
   * @throws InvalidFilterException if one of its expressions cannot be accepted
   */
  public static EventMatcher compile(EventFilter filter) throws InvalidFilterException {
    return compile(filter, Tenants.FLAT);
  }

  /**
   * Compiles a filter.
   *
   * @param tenants asked for each event
   * @throws InvalidFilterException if one of its expressions cannot be accepted
   */
  public static EventMatcher compile(EventFilter filter, Tenants tenants)
      throws InvalidFilterException {
    String text = filter.expression();
    FeelExpression expression = text == null ? null : Expressions.compile(text);
    return new EventMatcher(filter, expression, Selection.of(filter.selector(), tenants));
  }

  /**
   * Whether every part of the filter accepts the event. An expression that cannot be evaluated does
   * not; an event without a readable topic is accepted only by a filter without topics.
   */
  public boolean matches(CloudEvent event) {
    EventView view = new EventView(event);
    return topicMatches(view.topic()) && outcome(view) == Outcome.TRUE;
  }

  /**
   * Which part of the filter decided, for whoever may read the event; never throws. The parts are
   * asked in the order topics, messages, selector, expression, up to the first that does not
   * accept.
   */
  public Explanation explain(CloudEvent event) {
    return new MatchExplainer(filter, expression, selection).explain(event);
  }

  private Outcome outcome(EventView event) {
    if (!filter.messages().isEmpty() && !filter.messages().contains(event.type())) {
      return Outcome.NOT_TRUE;
    }
    Outcome selected = selection.outcome(event);
    if (selected != Outcome.TRUE) {
      return selected;
    }
    return expression == null ? Outcome.TRUE : expression.evaluate(event);
  }

  private boolean topicMatches(@Nullable TopicPath topic) {
    if (filter.topics().isEmpty()) {
      return true;
    }
    return topic != null && filter.topics().stream().anyMatch(wanted -> wanted.contains(topic));
  }
}
