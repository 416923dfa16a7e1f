package io.millrace.server.events.kafka;

import java.util.ArrayDeque;

/**
 * Which offsets of a partition are settled. The watermark is the oldest that is not, or where
 * reading goes on if all are: a commit there loses nothing. Safe for use by several threads.
 */
final class Progress {

  /** The place of one event. */
  static final class Slot {
    private final long offset;
    private final int bytes;
    private boolean settled;

    private Slot(long offset, int bytes) {
      this.offset = offset;
      this.bytes = bytes;
    }
  }

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private long next;
  private long bytes;

  /** Reading begins at this offset. */
  Progress(long start) {
    this.next = start;
  }

  /** Opens an offset, which must be above all before it. */
  synchronized Slot open(long offset, int size) {
    Slot slot = new Slot(offset, size);
    slots.addLast(slot);
    bytes += size;
    return slot;
  }

  synchronized void settle(Slot slot) {
    slot.settled = true;
    bytes -= slot.bytes;
    for (Slot head = slots.peekFirst(); head != null && head.settled; head = slots.peekFirst()) {
      slots.removeFirst();
    }
  }

  /** All up to here was taken or passed over. */
  synchronized void readTo(long position) {
    next = position;
  }

  synchronized long watermark() {
    Slot oldest = slots.peekFirst();
    return oldest == null ? next : oldest.offset;
  }

  /** How many stand between the watermark and the newest, settled or not. */
  synchronized int span() {
    return slots.size();
  }

  /** Of what is open. */
  synchronized long bytes() {
    return bytes;
  }
}
