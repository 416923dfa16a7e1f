package io.millrace.emitter.lane;

/** The events that a lane has taken and not yet settled. Guarded by the lane. */
final class Backlog {

  final KeyOrder order;
  private final OffsetWindow window = new OffsetWindow();
  private long bytes;

  Backlog(boolean oneKey) {
    order = new KeyOrder(oneKey);
  }

  void add(Delivery delivery) {
    delivery.slot = window.open(delivery.offset());
    bytes += delivery.bytes();
    order.add(delivery);
  }

  /** The oldest of its key is delivered, or durably put away. */
  void settle(Delivery delivery) {
    if (delivery.slot != null) {
      window.settle(delivery.slot);
      bytes -= delivery.bytes();
    }
    order.settled(delivery);
  }

  /**
   * Whether there is enough.
   *
   * @param buffer most events
   * @param share most bytes
   * @param factor by how much less counts as enough
   */
  boolean suffices(LaneLimits limits, int buffer, long share, int factor) {
    return (long) window.open() * factor >= buffer
        || (bytes > 0 && bytes * factor >= share)
        || (long) window.span() * factor >= limits.maxAhead();
  }

  long watermark(long consumed) {
    return window.watermark(consumed);
  }
}
