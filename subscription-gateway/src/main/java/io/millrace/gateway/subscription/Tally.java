package io.millrace.gateway.subscription;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/** A set of offsets, compressed, that counts ranges. Belongs to one thread at a time. */
final class Tally {

  // By the upper bits; a bitmap holds the lower 31, since it counts ranges of unsigned numbers.
  private static final int BITS = 31;
  private static final long MASK = (1L << BITS) - 1;

  private final NavigableMap<Long, RoaringBitmap> parts = new TreeMap<>();

  void add(long offset) {
    parts.computeIfAbsent(offset >>> BITS, high -> new RoaringBitmap()).add((int) (offset & MASK));
  }

  void addAll(Tally other) {
    other.parts.forEach((high, part) -> parts.merge(high, part, Tally::union));
  }

  /** How many offsets there are at or after {@code from}, and before {@code to}. */
  long count(long from, long to) {
    if (from >= to) {
      return 0;
    }
    long count = 0;
    Map<Long, RoaringBitmap> touched = parts.subMap(from >>> BITS, true, (to - 1) >>> BITS, true);
    for (Map.Entry<Long, RoaringBitmap> part : touched.entrySet()) {
      long base = part.getKey() << BITS;
      count +=
          part.getValue().rangeCardinality(Math.max(0, from - base), Math.min(MASK + 1, to - base));
    }
    return count;
  }

  /** Forgets what lies before an offset. */
  void dropBefore(long offset) {
    parts.headMap(offset >>> BITS, false).clear();
    RoaringBitmap first = parts.get(offset >>> BITS);
    if (first != null) {
      first.remove(0L, offset & MASK);
      first.runOptimize();
    }
  }

  private static RoaringBitmap union(RoaringBitmap one, RoaringBitmap other) {
    one.or(other);
    return one;
  }
}
