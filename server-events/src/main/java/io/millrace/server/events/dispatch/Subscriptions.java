package io.millrace.server.events.dispatch;

import io.millrace.model.event.TopicPath;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventSubscriber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who wants which topics. Reading takes no lock: a change makes a new table. */
public final class Subscriptions implements EventManager {

  private volatile Map<List<String>, List<EventSubscriber>> byTopic = Map.of();

  @Override
  public synchronized void subscribe(String topic, EventSubscriber subscriber) {
    Objects.requireNonNull(subscriber, "subscriber must not be null");
    List<String> levels = levels(topic);
    List<EventSubscriber> others = byTopic.getOrDefault(levels, List.of());
    if (!contains(others, subscriber)) {
      List<EventSubscriber> all = new ArrayList<>(others);
      all.add(subscriber);
      put(levels, all);
    }
  }

  @Override
  public synchronized void unsubscribe(String topic, EventSubscriber subscriber) {
    List<String> levels = levels(topic);
    List<EventSubscriber> left = new ArrayList<>(byTopic.getOrDefault(levels, List.of()));
    left.removeIf(other -> other == subscriber);
    put(levels, left);
  }

  /** The subscribers of a topic and of those above it, each once. */
  public List<EventSubscriber> of(TopicPath topic) {
    Map<List<String>, List<EventSubscriber>> table = byTopic;
    List<EventSubscriber> found = List.of();
    for (int depth = 1; depth <= topic.levels().size(); depth++) {
      List<EventSubscriber> here = table.get(topic.levels().subList(0, depth));
      if (here != null) {
        found = found.isEmpty() ? here : union(found, here);
      }
    }
    return found;
  }

  /** Whether the subscriber is one of a topic's still. */
  public boolean has(TopicPath topic, EventSubscriber subscriber) {
    return contains(of(topic), subscriber);
  }

  public boolean isEmpty() {
    return byTopic.isEmpty();
  }

  private void put(List<String> levels, List<EventSubscriber> subscribers) {
    Map<List<String>, List<EventSubscriber>> table = new HashMap<>(byTopic);
    if (subscribers.isEmpty()) {
      table.remove(levels);
    } else {
      table.put(levels, List.copyOf(subscribers));
    }
    byTopic = Map.copyOf(table);
  }

  private static List<EventSubscriber> union(List<EventSubscriber> a, List<EventSubscriber> b) {
    List<EventSubscriber> all = new ArrayList<>(a);
    b.stream().filter(subscriber -> !contains(a, subscriber)).forEach(all::add);
    return all;
  }

  // Subscribers are told apart by identity: two may be equal and both be meant.
  private static boolean contains(List<EventSubscriber> all, EventSubscriber wanted) {
    return all.stream().anyMatch(subscriber -> subscriber == wanted);
  }

  private static List<String> levels(String topic) {
    try {
      return TopicPath.parse(topic).levels();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("topic is none: " + e.getMessage(), e);
    }
  }
}
