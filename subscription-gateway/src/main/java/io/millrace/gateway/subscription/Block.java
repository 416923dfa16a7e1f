package io.millrace.gateway.subscription;

import java.util.List;

/**
 * All events of a piece of a stream; a record that is no event is in none.
 *
 * @param from offset where the piece begins
 * @param to offset before which it ends
 * @param bytes about what it takes in memory
 */
record Block(long from, long to, List<StreamedEvent> events, long bytes) {

  boolean contains(long offset) {
    return from <= offset && offset < to;
  }

  /** Index of the first event at or after an offset. */
  int indexOf(long offset) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
