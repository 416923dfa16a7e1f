package io.millrace.emitter.webhook;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At most so many requests a second, evenly spread: after a pause a twentieth of a second's worth
 * may go at once. Safe for use by several threads.
 */
final class RateLimit {

  private final long interval;
  private final long burst;
  private final LongSupplier nanos;
  private long next;

  /**
   * Full at first.
   *
   * @param nanos a clock that never goes back, in nanoseconds
   */
  RateLimit(int perSecond, LongSupplier nanos) {
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.burst = interval * Math.max(0, perSecond / 20 - 1);
    this.nanos = nanos;
    this.next = nanos.getAsLong() - burst;
  }

  /** Takes one request's place and returns zero, or returns how long none is to be had. */
  synchronized Duration take() {
    long now = nanos.getAsLong();
    next = Math.max(next, now - burst);
    if (next > now) {
      return Duration.ofNanos(next - now);
    }
    next += interval;
    return Duration.ZERO;
  }
}
