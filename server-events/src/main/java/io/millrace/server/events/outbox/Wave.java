package io.millrace.server.events.outbox;

import io.millrace.server.events.EventBus;
import io.millrace.server.events.Notification;
import io.millrace.server.events.RejectedEventException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Raises stored events, of each key one at a time: of several, one could fail and a later one of
 * its key stand in the stream. After a failure a key waits for another time; an event that will
 * never be taken is put aside, and its key goes on.
 */
final class Wave {

  private final EventBus bus;
  private final Map<Object, Deque<StoredEvent>> keys = new LinkedHashMap<>();
  final List<StoredEvent> raised = new ArrayList<>();
  final Map<StoredEvent, String> rejected = new LinkedHashMap<>();

  /** Why events wait for another time; null if none does. */
  @Nullable Throwable failure;

  /** With events in the order of their positions. */
  Wave(EventBus bus, List<StoredEvent> events) {
    this.bus = bus;
    for (StoredEvent event : events) {
      Object key = event.key() == null ? event.position() : event.key();
      keys.computeIfAbsent(key, k -> new ArrayDeque<>()).add(event);
    }
  }

  void raise() throws InterruptedException {
    while (!keys.isEmpty()) {
      Map<Object, Notification> handles = new LinkedHashMap<>();
      for (Map.Entry<Object, Deque<StoredEvent>> key : List.copyOf(keys.entrySet())) {
        raiseOldest(key.getKey(), key.getValue(), handles);
      }
      for (Map.Entry<Object, Notification> handle : handles.entrySet()) {
        await(handle.getKey(), handle.getValue());
      }
      keys.values().removeIf(Deque::isEmpty);
    }
  }

  private void raiseOldest(
      Object key, Deque<StoredEvent> events, Map<Object, Notification> handles) {
    try {
      handles.put(key, bus.publish(events.getFirst().read()));
    } catch (RejectedEventException e) {
      rejected.put(events.removeFirst(), String.valueOf(e.getMessage()));
    }
  }

  private void await(Object key, Notification handle) throws InterruptedException {
    Deque<StoredEvent> events = keys.getOrDefault(key, new ArrayDeque<>());
    try {
      handle.completion().toCompletableFuture().get();
      raised.add(events.removeFirst());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RejectedEventException) {
        rejected.put(events.removeFirst(), String.valueOf(e.getCause().getMessage()));
      } else {
        failure = e.getCause();
        events.clear();
      }
    }
  }
}
