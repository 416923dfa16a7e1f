package io.millrace.gateway.http.socket;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts what one client sends in a second: lets through as many at once as a second may have, and
 * then one for each share of a second that has passed. For use by one thread at a time.
 */
final class MessageRate {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final LongSupplier nanos;
  // When all that was let through would have come, had it come evenly.
  private long due;

  /**
   * Has seen nothing.
   *
   * @param perSecond 0 for no limit
   * @param nanos a clock that only goes forward
   */
  MessageRate(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.due = nanos.getAsLong();
  }

  int perSecond() {
    return perSecond;
  }

  boolean allowsOneMore() {
    if (perSecond == 0) {
      return true;
    }
    long now = nanos.getAsLong();
    long next = (due - now < 0 ? now : due) + SECOND / perSecond;
    if (next - now > SECOND) {
      return false;
    }
    due = next;
    return true;
  }
}
