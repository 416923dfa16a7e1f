package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.Outcome;
import io.millrace.filter.topic.TopicTree;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Many filters, and who of them wants an event: the topic tree finds the candidates, then message
 * types, then FEEL. Safe for use by several threads. Who matches reads one immutable tree and never
 * waits; who changes works under a lock and publishes a new tree, so each match sees a filter as it
 * was before a change or as it is after it, and a filter that wants an event before and after a
 * change never misses it.
 *
 * @param <K> whose filter it is, such as an emitter's id; with {@code equals} and {@code hashCode}
 */
public final class FilterIndex<K> {

  private final FailureListener<? super K> failures;
  private final Map<K, Entry<K>> entries = new HashMap<>();
  private final Expressions expressions = new Expressions();
  private volatile TopicTree<Entry<K>> tree = TopicTree.empty();

  public FilterIndex() {
    this(key -> {});
  }

  public FilterIndex(FailureListener<? super K> failures) {
    this.failures = failures;
  }

  /**
   * Adds a filter, or replaces the one of that key at once.
   *
   * @throws InvalidFilterException if it cannot be compiled; then nothing has changed
   */
  public synchronized void put(K key, EventFilter filter) throws InvalidFilterException {
    var matcher = new EventMatcher(filter, expressions.acquire(filter.expression()));
    var entry = new Entry<>(key, matcher, highest(filter.topics()));
    Entry<K> former = entries.put(key, entry);
    TopicTree<Entry<K>> changed = entry.addTo(tree);
    if (former != null) {
      changed = former.removeFrom(changed);
      expressions.release(former.matcher.filter().expression());
    }
    tree = changed;
  }

  /** Removes the filter of that key, if there is one. */
  public synchronized void remove(K key) {
    Entry<K> former = entries.remove(key);
    if (former != null) {
      tree = former.removeFrom(tree);
      expressions.release(former.matcher.filter().expression());
    }
  }

  /** How many filters there are. */
  public synchronized int size() {
    return entries.size();
  }

  /** The keys of all filters that want the event, each once, in no order; never throws. */
  public Collection<K> match(CloudEvent event) {
    EventView view = new EventView(event);
    List<K> matches = new ArrayList<>();
    tree.find(view.topic(), entry -> check(entry, view, matches));
    return matches;
  }

  synchronized int distinctExpressions() {
    return expressions.size();
  }

  private void check(Entry<K> candidate, EventView event, List<K> matches) {
    Outcome outcome = candidate.matcher.outcome(event);
    if (outcome == Outcome.TRUE) {
      matches.add(candidate.key);
    } else if (outcome == Outcome.FAILED) {
      failures.failed(candidate.key);
    }
  }

  /** Without those that another one contains: so a filter is met once on the way down the tree. */
  private static List<TopicPath> highest(List<TopicPath> topics) {
    List<TopicPath> distinct = topics.stream().distinct().toList();
    return distinct.stream()
        .filter(
            topic ->
                distinct.stream().noneMatch(other -> !other.equals(topic) && other.contains(topic)))
        .toList();
  }

  /**
   * Equal only to itself, so that the former and the new filter of a key can stand side by side.
   */
  private static final class Entry<K> {

    final K key;
    final EventMatcher matcher;
    private final List<TopicPath> topics;

    Entry(K key, EventMatcher matcher, List<TopicPath> topics) {
      this.key = key;
      this.matcher = matcher;
      this.topics = topics;
    }

    TopicTree<Entry<K>> addTo(TopicTree<Entry<K>> tree) {
      if (topics.isEmpty()) {
        return tree.put(this);
      }
      TopicTree<Entry<K>> changed = tree;
      for (TopicPath topic : topics) {
        changed = changed.put(topic, this);
      }
      return changed;
    }

    TopicTree<Entry<K>> removeFrom(TopicTree<Entry<K>> tree) {
      if (topics.isEmpty()) {
        return tree.remove(this);
      }
      TopicTree<Entry<K>> changed = tree;
      for (TopicPath topic : topics) {
        changed = changed.remove(topic, this);
      }
      return changed;
    }
  }
}
