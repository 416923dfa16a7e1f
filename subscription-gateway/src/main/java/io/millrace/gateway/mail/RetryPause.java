package io.millrace.gateway.mail;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long to leave the mail server alone: twice as long each time. For use by one thread. */
final class RetryPause {

  private final LongSupplier nanos;
  private final long first;
  private final long longest;
  private long length;
  private long begun;

  RetryPause(LongSupplier nanos, Duration first, Duration longest) {
    this.nanos = nanos;
    this.first = first.toNanos();
    this.longest = longest.toNanos();
  }

  void begin() {
    length = length == 0 ? first : Math.min(longest, 2 * length);
    begun = nanos.getAsLong();
  }

  boolean isOver() {
    return nanos.getAsLong() - begun >= length;
  }

  void reset() {
    length = 0;
  }
}
