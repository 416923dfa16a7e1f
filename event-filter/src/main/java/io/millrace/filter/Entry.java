package io.millrace.filter;

import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.Outcome;
import io.millrace.filter.index.Item;
import io.millrace.filter.index.Place;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.topic.TopicTree;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The filter of a key, as it lies in an index. Equal only to itself. */
final class Entry<K> {

  final K key;

  /** Whether one event can find it at several places. */
  final boolean several;

  /**
   * What the index holds: the key alone if whoever finds it need not ask further, for then the
   * entry's memory need not be waited for.
   */
  private final Object owner;

  final Expressions.@Nullable Shared expression;
  private final @Nullable FeelExpression rest;
  private final Selection selection;

  /** Text of its CEL, which is shared. */
  final @Nullable String cel;

  private final boolean selected;
  private final List<TopicPath> topics;
  private final List<List<Condition>> alternatives;

  Entry(K key, EventFilter filter, Expressions.@Nullable Shared expression, Selection selection) {
    this.key = key;
    this.selection = selection;
    this.cel = filter.selector().cel();
    this.expression = expression;
    this.rest = expression == null ? null : expression.rest;
    this.topics = highest(filter.topics());
    List<List<Condition>> demanded =
        withType(
            filter.messages(),
            expression == null ? List.of(List.of()) : expression.demand.alternatives());
    Selection.Demanded demand = selection.demand(demanded);
    this.alternatives = demand.alternatives();
    this.selected = demand.exact();
    this.several = alternatives.size() > 1;
    this.owner = settled() ? key : this;
  }

  /** Whether whoever meets its conditions has found it, and found it once. */
  private boolean settled() {
    return !several && rest == null && selected;
  }

  void addTo(TopicTree<Place<Object>> tree) {
    int copies = alternatives.size() * Math.max(1, topics.size());
    for (List<Condition> conditions : alternatives) {
      var item = new Item<>(owner, settled(), conditions, copies);
      change(tree, place -> Place.with(place, item));
    }
  }

  void removeFrom(TopicTree<Place<Object>> tree) {
    for (List<Condition> conditions : alternatives) {
      var item = new Item<>(owner, settled(), conditions, 1);
      change(tree, place -> place == null || isLast(place, item) ? null : place);
    }
  }

  /** What the filter says of an event that its indexed conditions accept. */
  Outcome outcome(EventView event) {
    Outcome first = selected ? Outcome.TRUE : selection.outcome(event);
    if (first != Outcome.TRUE) {
      return first;
    }
    return rest == null ? Outcome.TRUE : rest.evaluate(event);
  }

  /** What the filter says of an event, asked without the index. */
  boolean accepts(EventView event) {
    TopicPath topic = topics.isEmpty() ? null : event.topic();
    boolean topicMatches =
        topics.isEmpty()
            || (topic != null && topics.stream().anyMatch(wanted -> wanted.contains(topic)));
    return topicMatches
        && alternatives.stream().anyMatch(all -> all.stream().allMatch(one -> one.accepts(event)))
        && outcome(event) == Outcome.TRUE;
  }

  private void change(
      TopicTree<Place<Object>> tree, UnaryOperator<@Nullable Place<Object>> change) {
    if (topics.isEmpty()) {
      tree.change(null, change);
    }
    topics.forEach(topic -> tree.change(topic, change));
  }

  private static boolean isLast(Place<Object> place, Item<Object> item) {
    return place.remove(item) && place.isEmpty();
  }

  private static List<List<Condition>> withType(
      Set<String> types, List<List<Condition>> alternatives) {
    if (types.isEmpty()) {
      return alternatives;
    }
    Condition type = OneOf.of(Path.TYPE, types);
    List<List<Condition>> typed = new ArrayList<>(alternatives.size());
    for (List<Condition> conditions : alternatives) {
      List<Condition> all = new ArrayList<>(conditions.size() + 1);
      all.add(type);
      all.addAll(conditions);
      typed.add(List.copyOf(all));
    }
    return List.copyOf(typed);
  }

  /** Without those that another one contains: so an event finds the filter at one of them only. */
  private static List<TopicPath> highest(List<TopicPath> topics) {
    if (topics.size() < 2) {
      return topics;
    }
    List<TopicPath> distinct = topics.stream().distinct().toList();
    return distinct.stream()
        .filter(
            topic ->
                distinct.stream().noneMatch(other -> !other.equals(topic) && other.contains(topic)))
        .toList();
  }
}
