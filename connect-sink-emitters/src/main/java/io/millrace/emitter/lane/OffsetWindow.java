package io.millrace.emitter.lane;

import java.util.ArrayDeque;

/**
 * Which offsets of a partition are settled: delivered, or durably dead-lettered.
 *
 * <pre>
 *   offset    40   41   42   43   44   45   46
 *   settled    ✓    ✓         ✓    ✓
 *                        ▲                   ▲
 *                        watermark           consumed
 * </pre>
 *
 * A commit may stand at the watermark, the oldest offset that is open: after a crash 42 comes
 * again, and with it 43 and 44, but nothing is lost. When nothing is open the watermark is what was
 * consumed, which is also past records that never came here.
 */
final class OffsetWindow {

  /** The place of one event. */
  static final class Slot {
    private final long offset;
    private boolean settled;

    private Slot(long offset) {
      this.offset = offset;
    }
  }

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private int open;

  /** Opens an offset, which must be above all before it. */
  Slot open(long offset) {
    Slot last = slots.peekLast();
    if (last != null && last.offset >= offset) {
      throw new IllegalArgumentException("offset %d after %d".formatted(offset, last.offset));
    }
    Slot slot = new Slot(offset);
    slots.addLast(slot);
    open++;
    return slot;
  }

  void settle(Slot slot) {
    slot.settled = true;
    open--;
    for (Slot head = slots.peekFirst(); head != null && head.settled; head = slots.peekFirst()) {
      slots.removeFirst();
    }
  }

  long watermark(long consumed) {
    Slot head = slots.peekFirst();
    return head == null ? consumed : Math.min(head.offset, consumed);
  }

  /** How many are open. */
  int open() {
    return open;
  }

  /** How many stand between the watermark and the newest, settled or not. */
  int span() {
    return slots.size();
  }
}
