package io.millrace.gateway.stream;

import java.util.List;

/**
 * All events of a piece of a stream; a record that is no event is in none.
 *
 * @param from offset where the piece begins
 * @param to offset before which it ends
 * @param bytes about what it takes in memory
 */
public record Block(long from, long to, List<StreamedEvent> events, long bytes) {

  public boolean contains(long offset) {
    return from <= offset && offset < to;
  }

  /** What of it is at or after an offset within it. */
  Block after(long offset) {
    if (offset <= from) {
      return this;
    }
    List<StreamedEvent> rest = events.subList(indexOf(offset), events.size());
    return new Block(offset, to, rest, events.isEmpty() ? 0 : bytes * rest.size() / events.size());
  }

  /** Index of the first event at or after an offset. */
  public int indexOf(long offset) {
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
