package io.millrace.model.emitter;

import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who wants an event: every part that is given must accept it.
 *
 * @param topics one of these contains the event's topic; empty means every topic
 * @param messages one of these is the event's type; empty means every type
 * @param expression FEEL over the event, which must be {@code true}; absent means every event
 * @param selector what Acronis's subscriptions select by
 */
public record EventFilter(
    List<TopicPath> topics, Set<String> messages, @Nullable String expression, Selector selector) {

  public static final EventFilter EVERYTHING = new EventFilter(List.of(), Set.of(), null);

  public EventFilter {
    topics = List.copyOf(topics);
    messages = Set.copyOf(messages);
  }

  /** Without a selector. */
  public EventFilter(List<TopicPath> topics, Set<String> messages, @Nullable String expression) {
    this(topics, messages, expression, Selector.EVERYTHING);
  }

  /** A selector alone. */
  public static EventFilter of(Selector selector) {
    return new EventFilter(List.of(), Set.of(), null, selector);
  }
}
