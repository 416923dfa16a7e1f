package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.index.Place;
import io.millrace.filter.topic.TopicTree;
import io.millrace.model.emitter.EventFilter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Many filters, and who of them wants an event: the topic leads to a {@link Place}, and values of
 * the event lead on from there, to filters that match and few others. The work for an event grows
 * with its matches, not with the number of filters; FEEL and CEL are evaluated, and tenants asked
 * for, only of filters that demand something which cannot be looked up, and only where all else
 * they demand is there.
 *
 * <p>Safe for use by several threads. Who matches never waits. Changes are made one at a time, in
 * place: first a {@link Change} is announced, then the new filter is laid wherever it belongs, then
 * the former is taken away. So each match sees every filter as it was before a change or as it is
 * after it, once, and a filter that wants an event before and after a change never misses it:
 *
 * <ul>
 *   <li>a match that ends before the change is announced finds the former;
 *   <li>a match that begins after the change is complete finds the new one alone;
 *   <li>any other knows of the change, since it looks for announcements at its end, and asks the
 *       new filter itself unless it has found its key.
 * </ul>
 *
 * Different filters that change at the same time are not seen in any order. Data that cannot be
 * read satisfies nothing that could be looked up; listeners hear of it only from filters whose FEEL
 * had to be evaluated.
 *
 * @param <K> whose filter it is, such as an emitter's id; with {@code equals} and {@code hashCode}
 */
public final class FilterIndex<K> {

  private final FailureListener<? super K> failures;
  private final Tenants tenants;
  private final Map<K, Entry<K>> entries = new HashMap<>();
  private final Expressions expressions = new Expressions();
  private final CelExpressions cel = new CelExpressions();
  private final TopicTree<Place<Object>> tree = new TopicTree<>();
  private volatile Change<K> last = new Change<>(null);

  public FilterIndex() {
    this(key -> {});
  }

  public FilterIndex(FailureListener<? super K> failures) {
    this(failures, Tenants.FLAT);
  }

  /**
   * An empty index.
   *
   * @param tenants asked for each event
   */
  public FilterIndex(FailureListener<? super K> failures, Tenants tenants) {
    this.failures = failures;
    this.tenants = tenants;
    last.complete = true;
  }

  /**
   * Adds a filter, or replaces the one of that key at once.
   *
   * @throws InvalidFilterException if it cannot be compiled; then nothing has changed
   */
  public synchronized void put(K key, EventFilter filter) throws InvalidFilterException {
    Entry<K> entry = entry(key, filter);
    Change<K> change = announce(new Change<>(entry));
    entry.addTo(tree);
    Entry<K> former = entries.put(key, entry);
    if (former != null) {
      former.removeFrom(tree);
      release(former);
    }
    change.complete = true;
  }

  /** Removes the filter of that key, if there is one. */
  public synchronized void remove(K key) {
    Entry<K> former = entries.remove(key);
    if (former != null) {
      Change<K> change = announce(new Change<>(null));
      former.removeFrom(tree);
      release(former);
      change.complete = true;
    }
  }

  /** How many filters there are. */
  public synchronized int size() {
    return entries.size();
  }

  /** The keys of all filters that want the event, each once, in no order; never throws. */
  public Collection<K> match(CloudEvent event) {
    Change<K> before = last;
    boolean changing = !before.complete;
    EventView view = new EventView(event);
    var matching = new Matching<K>(view, failures);
    tree.find(view.topicText(), place -> place.find(view, matching));
    if (changing) {
      return matching.matches(before);
    }
    Change<K> since = before.next;
    return since == null ? matching.matches() : matching.matches(since);
  }

  synchronized int distinctExpressions() {
    return expressions.size() + cel.size();
  }

  private Entry<K> entry(K key, EventFilter filter) throws InvalidFilterException {
    String text = filter.selector().cel();
    Selection selection = Selection.of(filter.selector(), tenants, cel.acquire(text));
    try {
      return new Entry<>(key, filter, expressions.acquire(filter.expression()), selection);
    } catch (InvalidFilterException e) {
      cel.release(text);
      throw e;
    }
  }

  private void release(Entry<K> former) {
    expressions.release(former.expression);
    cel.release(former.cel);
  }

  private Change<K> announce(Change<K> change) {
    last.next = change;
    last = change;
    return change;
  }
}
