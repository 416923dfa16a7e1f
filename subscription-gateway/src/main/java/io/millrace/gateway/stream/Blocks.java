package io.millrace.gateway.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Blocks of one stream that are kept in memory, the newest of them. Safe for several threads. */
public final class Blocks {

  private static final int MAX_BLOCKS = 10_000;

  private final long maxBytes;
  private final NavigableMap<Long, Block> byStart = new TreeMap<>();
  private final Deque<Block> byAge = new ArrayDeque<>();
  private long bytes;

  /** Keeps at most so many bytes, and always the newest block. */
  public Blocks(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  public synchronized void add(Block block) {
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
  public synchronized @Nullable Block find(long offset) {
    var entry = byStart.floorEntry(offset);
    return entry != null && entry.getValue().contains(offset) ? entry.getValue() : null;
  }

  public synchronized void clear() {
    byStart.clear();
    byAge.clear();
    bytes = 0;
  }
}
