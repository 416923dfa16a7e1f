package io.millrace.filter;

import org.jspecify.annotations.Nullable;

/**
 * One change of an index, in a list of all of them. Who writes appends it before the change begins
 * and marks it when it is complete; who reads remembers the last one, and so knows at the end which
 * changes went on meanwhile. Those that no reader remembers are garbage.
 */
final class Change<K> {

  /** The filter that it brings; null for a removal. */
  final @Nullable Entry<K> entry;

  volatile boolean complete;
  volatile @Nullable Change<K> next;

  Change(@Nullable Entry<K> entry) {
    this.entry = entry;
  }
}
