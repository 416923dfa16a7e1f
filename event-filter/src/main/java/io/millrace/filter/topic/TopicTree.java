package io.millrace.filter.topic;

import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Subscribers by topic, as an immutable prefix tree: a subscriber at a topic is found for that
 * topic and for every one below it. A change gives a new tree that shares all but the path it
 * touched, so whoever holds a tree reads one state of it for ever, without locks, and a change of
 * several topics becomes visible at once when its last tree is published. A change costs the depth
 * of the topic times the logarithm of the breadth.
 *
 * @param <K> subscriber, with {@code equals} and {@code hashCode}
 */
public final class TopicTree<K> {

  private static final TopicTree<?> EMPTY =
      new TopicTree<>(HashTreePSet.empty(), HashTreePMap.empty());

  private final PSet<K> subscribers;
  private final PMap<String, TopicTree<K>> children;

  private TopicTree(PSet<K> subscribers, PMap<String, TopicTree<K>> children) {
    this.subscribers = subscribers;
    this.children = children;
  }

  // An empty tree holds no subscriber of any type.
  @SuppressWarnings("unchecked")
  public static <K> TopicTree<K> empty() {
    return (TopicTree<K>) EMPTY;
  }

  /** With a subscriber to every topic, and to events without one. */
  public TopicTree<K> put(K subscriber) {
    return put(List.of(), subscriber);
  }

  /** With a subscriber to a topic and all below it. */
  public TopicTree<K> put(TopicPath topic, K subscriber) {
    return put(topic.levels(), subscriber);
  }

  /** Without that subscriber to every topic; the same tree if there is none. */
  public TopicTree<K> remove(K subscriber) {
    return remove(List.of(), subscriber);
  }

  /** Without that subscriber at that very topic; the same tree if there is none. */
  public TopicTree<K> remove(TopicPath topic, K subscriber) {
    return remove(topic.levels(), subscriber);
  }

  public boolean isEmpty() {
    return subscribers.isEmpty() && children.isEmpty();
  }

  /**
   * Hands out the subscribers to the topic and to every one above it, the highest first. One who
   * stands at several of them is handed out several times.
   *
   * @param topic null for an event without a topic: then only subscribers to every topic
   */
  public void find(@Nullable TopicPath topic, Consumer<? super K> found) {
    subscribers.forEach(found);
    if (topic == null) {
      return;
    }
    TopicTree<K> node = this;
    for (String level : topic.levels()) {
      node = node.children.get(level);
      if (node == null) {
        return;
      }
      node.subscribers.forEach(found);
    }
  }

  private TopicTree<K> put(List<String> levels, K subscriber) {
    if (levels.isEmpty()) {
      return new TopicTree<>(subscribers.plus(subscriber), children);
    }
    String level = levels.get(0);
    TopicTree<K> child = children.get(level);
    TopicTree<K> changed =
        (child == null ? TopicTree.<K>empty() : child).put(rest(levels), subscriber);
    return new TopicTree<>(subscribers, children.plus(level, changed));
  }

  private TopicTree<K> remove(List<String> levels, K subscriber) {
    if (levels.isEmpty()) {
      PSet<K> fewer = subscribers.minus(subscriber);
      return fewer.size() == subscribers.size() ? this : new TopicTree<>(fewer, children);
    }
    String level = levels.get(0);
    TopicTree<K> child = children.get(level);
    if (child == null) {
      return this;
    }
    TopicTree<K> changed = child.remove(rest(levels), subscriber);
    if (changed == child) {
      return this;
    }
    return new TopicTree<>(
        subscribers, changed.isEmpty() ? children.minus(level) : children.plus(level, changed));
  }

  private static List<String> rest(List<String> levels) {
    return levels.subList(1, levels.size());
  }
}
