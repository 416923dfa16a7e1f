package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.Explanation;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which part of a filter decided: its topics, its messages, its selector or a conjunct of its
 * FEEL.
 */
final class MatchExplainer {

  private final EventFilter filter;
  private final @Nullable FeelExpression expression;
  private final Selection selection;

  MatchExplainer(EventFilter filter, @Nullable FeelExpression expression, Selection selection) {
    this.filter = filter;
    this.expression = expression;
    this.selection = selection;
  }

  Explanation explain(CloudEvent event) {
    EventView view = new EventView(event);
    List<String> holding = new ArrayList<>();
    if (!filter.topics().isEmpty()) {
      TopicPath topic = view.topic();
      TopicPath above = above(topic);
      if (above == null) {
        return not("topic did not match: " + missed(topic, view.topicText()));
      }
      holding.add("topic matched: %s is under %s".formatted(topic, above));
    }
    if (!filter.messages().isEmpty()) {
      if (!filter.messages().contains(view.type())) {
        String wanted = filter.messages().stream().sorted().collect(Collectors.joining(", "));
        return not("message did not match: %s is not one of %s".formatted(view.type(), wanted));
      }
      holding.add("message matched: " + view.type());
    }
    Explanation selected = selection.explain(view);
    if (selected.outcome() != Outcome.TRUE) {
      return selected;
    }
    holding.addAll(selected.reasons());
    if (expression == null) {
      return new Explanation(
          Outcome.TRUE, holding.isEmpty() ? List.of("the filter takes every event") : holding);
    }
    Explanation said = expression.explain(view);
    if (said.outcome() != Outcome.TRUE) {
      return said;
    }
    holding.addAll(said.reasons());
    return new Explanation(Outcome.TRUE, holding);
  }

  private @Nullable TopicPath above(@Nullable TopicPath topic) {
    return topic == null
        ? null
        : filter.topics().stream().filter(t -> t.contains(topic)).findFirst().orElse(null);
  }

  private String missed(@Nullable TopicPath topic, @Nullable String text) {
    if (topic == null) {
      return text == null ? "the event has none" : "the event's cannot be read";
    }
    return topic
        + " is not under "
        + filter.topics().stream().map(TopicPath::toString).collect(Collectors.joining(" or "));
  }

  private static Explanation not(String reason) {
    return new Explanation(Outcome.NOT_TRUE, List.of(reason));
  }
}
