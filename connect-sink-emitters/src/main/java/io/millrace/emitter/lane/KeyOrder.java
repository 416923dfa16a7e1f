package io.millrace.emitter.lane;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which delivery may go next: of each key only the oldest, and that one only when its wait is over.
 *
 * <pre>
 *   add ──► behind its key ──► ready ──► taken ──► settled, its key's next becomes ready
 *                                ▲         │
 *                                └─waiting◄┘ retried
 * </pre>
 *
 * Guarded by the lane.
 */
final class KeyOrder {

  private final Map<Object, Deque<Delivery>> keys = new HashMap<>();
  private final Deque<Delivery> ready = new ArrayDeque<>();
  private final PriorityQueue<Delivery> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Delivery d) -> d.due));

  void add(Delivery delivery) {
    Object key = delivery.key();
    if (key == null) {
      ready.addLast(delivery);
      return;
    }
    Deque<Delivery> sameKey = keys.computeIfAbsent(key, k -> new ArrayDeque<>(2));
    sameKey.addLast(delivery);
    if (sameKey.size() == 1) {
      ready.addLast(delivery);
    }
  }

  @Nullable Delivery peek() {
    return ready.peekFirst();
  }

  void take() {
    ready.removeFirst();
  }

  /** One that was taken goes again at once; dead letters go before all others. */
  void again(Delivery delivery) {
    if (delivery.rejection == null) {
      ready.addLast(delivery);
    } else {
      ready.addFirst(delivery);
    }
  }

  /** One that was taken goes again when it is due. */
  void later(Delivery delivery) {
    waiting.add(delivery);
  }

  void settled(Delivery delivery) {
    Object key = delivery.key();
    Deque<Delivery> sameKey = key == null ? null : keys.get(key);
    if (sameKey == null) {
      return;
    }
    sameKey.removeFirst();
    Delivery next = sameKey.peekFirst();
    if (next == null) {
      keys.remove(key);
    } else {
      ready.addLast(next);
    }
  }

  /** Makes ready what is due. */
  void wake(long now) {
    for (Delivery head = waiting.peek(); head != null && head.due <= now; head = waiting.peek()) {
      waiting.remove();
      again(head);
    }
  }

  /** When the next of those that wait is due, in epoch milliseconds; none is {@code MAX_VALUE}. */
  long nextDue() {
    Delivery head = waiting.peek();
    return head == null ? Long.MAX_VALUE : head.due;
  }
}
