package io.millrace.gateway.live;

import java.util.Arrays;

/**
 * An offset in each partition, before which all is done. Partitions that have come later are not in
 * it: there it begins where they do. Not safe for use by several threads.
 */
final class Offsets {

  private static final long UNSET = -1;

  private long[] next;

  Offsets() {
    this(new long[0]);
  }

  private Offsets(long[] next) {
    this.next = next;
  }

  long at(Tail tail) {
    long known = tail.index() < next.length ? next[tail.index()] : UNSET;
    return known == UNSET ? tail.first() : known;
  }

  void set(Tail tail, long offset) {
    if (tail.index() >= next.length) {
      int before = next.length;
      next = Arrays.copyOf(next, tail.index() + 1);
      Arrays.fill(next, before, next.length, UNSET);
    }
    next[tail.index()] = offset;
  }

  Offsets copy() {
    return new Offsets(next.clone());
  }

  /** Whether somebody who is at that position has come to all of these. */
  boolean reachedBy(Offsets position) {
    for (int i = 0; i < next.length; i++) {
      if (next[i] != UNSET && (i >= position.next.length || position.next[i] < next[i])) {
        return false;
      }
    }
    return true;
  }
}
