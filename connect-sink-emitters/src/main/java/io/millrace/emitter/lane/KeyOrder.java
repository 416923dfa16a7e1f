package io.millrace.emitter.lane;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which events may go next: of each key only the oldest, and only when its wait is over.
 *
 * <pre>
 *   add ──► ready ──► taken ──► put back, if events of the key are left
 *             ▲         │
 *             └─waiting◄┘ put back until it is due
 * </pre>
 *
 * Guarded by the lane.
 */
final class KeyOrder {

  private final Map<Object, Strand> keys = new HashMap<>();
  private final Deque<Strand> ready = new ArrayDeque<>();
  private final PriorityQueue<Strand> waiting =
      new PriorityQueue<>(Comparator.comparingLong((Strand strand) -> strand.due));
  private final boolean oneKey;
  private int available;

  /**
   * Empty at first.
   *
   * @param oneKey whether all events are taken to have the same key
   */
  KeyOrder(boolean oneKey) {
    this.oneKey = oneKey;
  }

  void add(Delivery delivery) {
    Object key = oneKey ? ready : delivery.key();
    Strand strand = key == null ? new Strand(null) : keys.computeIfAbsent(key, Strand::new);
    delivery.strand = strand;
    boolean alone = strand.deliveries.isEmpty();
    strand.deliveries.addLast(delivery);
    if (alone) {
      makeReady(strand, false);
    } else if (strand.ready) {
      available++;
    }
  }

  /** The oldest of those that may go; dead letters come before all others. */
  @Nullable Delivery peek() {
    Strand strand = ready.peekFirst();
    return strand == null ? null : strand.head();
  }

  /** How many may go. */
  int available() {
    return available;
  }

  /** Takes the next, of which there must be one, with up to so many in all. */
  Attempt take(int most) {
    Attempt attempt = new Attempt(most);
    for (Strand next = ready.peekFirst();
        next != null && attempt.take(next);
        next = ready.peekFirst()) {
      ready.removeFirst();
      next.ready = false;
      available -= next.deliveries.size();
    }
    return attempt.sorted();
  }

  /** What is left of an attempt goes again at once, before all others. */
  void again(Attempt attempt) {
    List<Strand> strands = attempt.strands();
    for (int i = strands.size() - 1; i >= 0; i--) {
      putBack(strands.get(i), true);
    }
  }

  /** Keys whose oldest event has failed go again when it is due, others at once. */
  void later(Attempt attempt, long due) {
    for (Strand strand : attempt.strands()) {
      if (!strand.deliveries.isEmpty() && strand.head().failure != null) {
        strand.due = due;
        waiting.add(strand);
      } else {
        putBack(strand, false);
      }
    }
  }

  /** The oldest of its key is delivered or put away. */
  void settled(Delivery delivery) {
    if (delivery.strand != null) {
      delivery.strand.deliveries.removeFirst();
    }
  }

  /** All of an attempt was settled. */
  void done(Attempt attempt) {
    attempt.strands().forEach(strand -> putBack(strand, false));
  }

  /** Makes ready what is due. */
  void wake(long now) {
    for (Strand head = waiting.peek(); head != null && head.due <= now; head = waiting.peek()) {
      waiting.remove();
      head.head().notBefore = 0;
      makeReady(head, false);
    }
  }

  /** When the next of those that wait is due, in epoch milliseconds; none is {@code MAX_VALUE}. */
  long nextDue() {
    Strand head = waiting.peek();
    return head == null ? Long.MAX_VALUE : head.due;
  }

  private void putBack(Strand strand, boolean first) {
    if (!strand.deliveries.isEmpty()) {
      makeReady(strand, first);
    } else if (strand.key != null) {
      keys.remove(strand.key);
    }
  }

  private void makeReady(Strand strand, boolean first) {
    if (strand.head().notBefore > 0) {
      strand.due = strand.head().notBefore;
      waiting.add(strand);
      return;
    }
    strand.ready = true;
    available += strand.deliveries.size();
    if (first || strand.head().isRejected()) {
      ready.addFirst(strand);
    } else {
      ready.addLast(strand);
    }
  }
}
