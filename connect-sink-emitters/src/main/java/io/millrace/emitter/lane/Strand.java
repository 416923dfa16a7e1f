package io.millrace.emitter.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events of one key, or one event without a key, oldest first. Guarded by the lane. */
final class Strand {

  final @Nullable Object key;
  final Deque<Delivery> deliveries = new ArrayDeque<>(2);
  boolean ready;
  long due;

  Strand(@Nullable Object key) {
    this.key = key;
  }

  Delivery head() {
    return deliveries.getFirst();
  }
}
