package io.millrace.gateway.subscription;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Blocks of one stream that are kept in memory, the newest of them. Safe for several threads. */
final class Blocks {

  private static final int MAX_BLOCKS = 10_000;

  private final long maxBytes;
  private final NavigableMap<Long, Block> byStart = new TreeMap<>();
  private final Deque<Block> byAge = new ArrayDeque<>();
  private long bytes;

  Blocks(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized void add(Block block) {
    byStart.put(block.from(), block);
    byAge.add(block);
    bytes += block.bytes();
    while (byAge.size() > 1 && (bytes > maxBytes || byAge.size() > MAX_BLOCKS)) {
      Block oldest = byAge.remove();
      bytes -= oldest.bytes();
      byStart.remove(oldest.from(), oldest);
    }
  }

  /** A block that has this offset, if one is kept. */
  synchronized @Nullable Block find(long offset) {
    var entry = byStart.floorEntry(offset);
    return entry != null && entry.getValue().contains(offset) ? entry.getValue() : null;
  }

  synchronized void clear() {
    byStart.clear();
    byAge.clear();
    bytes = 0;
  }
}
