package io.millrace.server.events.dispatch;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.RejectedEventException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event and those of its subscribers who have not handled it yet. Each gets a copy of its own;
 * one that fails does not keep the others from theirs. For one thread at a time.
 */
public final class Delivery {

  /** Where the event is read from, once for each attempt of a subscriber. */
  @FunctionalInterface
  public interface Source {
    CloudEvent read() throws UnreadableEventException;
  }

  private final Source source;
  private final TopicPath topic;
  private final Subscriptions subscriptions;
  private final List<EventSubscriber> remaining;
  private @Nullable EventSubscriber failed;

  /** For those who want the topic now. */
  public Delivery(Source source, TopicPath topic, Subscriptions subscriptions) {
    this.source = source;
    this.topic = topic;
    this.subscriptions = subscriptions;
    this.remaining = new ArrayList<>(subscriptions.of(topic));
  }

  /** Whether there is anybody who wants it. */
  public boolean isWanted() {
    return !remaining.isEmpty();
  }

  /**
   * Brings the event to all who have not handled it and want it still.
   *
   * @throws RejectedEventException if nobody left would take it at another attempt
   * @throws Exception the first failure, with the others suppressed
   */
  public void attempt() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    List<EventSubscriber> left = new ArrayList<>();
    for (EventSubscriber subscriber : remaining) {
      if (!subscriptions.has(topic, subscriber)) {
        continue; // It left while the event waited.
      }
      try {
        subscriber.onEvent(read());
      } catch (Throwable e) {
        failures.add(e);
        left.add(subscriber);
      }
    }
    remaining.clear();
    remaining.addAll(left);
    if (!failures.isEmpty()) {
      throwFirst(failures);
    }
  }

  /** Why the event was given up, in one sentence for a person. */
  public String reason(int attempts, Throwable cause) {
    String who = failed == null ? "a subscriber" : "subscriber " + failed.getClass().getName();
    String often = attempts == 1 ? "once" : attempts + " times";
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return "%s failed %s: %s%s".formatted(who, often, cause.getClass().getSimpleName(), message);
  }

  private EventData read() {
    try {
      return EventDataMapping.read(source.read());
    } catch (UnreadableEventException e) {
      throw new RejectedEventException("is no server event: " + e.getMessage(), e);
    }
  }

  // One that may yet be handled counts for more than one that never will.
  private void throwFirst(List<Throwable> failures) throws Exception {
    int first = 0;
    while (first < failures.size() - 1 && failures.get(first) instanceof RejectedEventException) {
      first++;
    }
    first = failures.get(first) instanceof RejectedEventException ? 0 : first;
    failed = remaining.get(first);
    Throwable cause = failures.get(first);
    for (Throwable other : failures) {
      if (other != cause) {
        cause.addSuppressed(other);
      }
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
