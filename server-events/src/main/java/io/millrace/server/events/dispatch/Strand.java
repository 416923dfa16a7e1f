package io.millrace.server.events.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events of one key, or one event without a key, oldest first. Guarded by the lane. */
final class Strand {

  final @Nullable Object key;
  final Deque<Work> work = new ArrayDeque<>(2);

  /** Of the oldest event. */
  int failures;

  /** Whether the oldest event waits for another attempt. */
  boolean waiting;

  Strand(@Nullable Object key) {
    this.key = key;
  }
}
