package io.millrace.gateway.control;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spaces out attempts at one thing: each waits twice as long as the one before, up to a longest
 * wait. After a quiet time of ten longest waits it begins anew. For use by one thread.
 */
final class Backoff {

  private static final int QUIET = 10;

  private final LongSupplier nanos;
  private final long first;
  private final long longest;
  private long delay;
  private long attemptedAt;
  private boolean attempted;

  Backoff(LongSupplier nanos, Duration first, Duration longest) {
    this.nanos = nanos;
    this.first = first.toNanos();
    this.longest = longest.toNanos();
  }

  /** An attempt was made just now. */
  void attempt() {
    long now = nanos.getAsLong();
    boolean quiet = attempted && now - attemptedAt > QUIET * longest;
    delay = !attempted || quiet ? first : Math.min(2 * delay, longest);
    attemptedAt = now;
    attempted = true;
  }

  /** The next attempt may be made at once. */
  void reset() {
    attempted = false;
  }

  /** Nanoseconds until the next attempt; 0 when it may be made now. */
  long remaining() {
    return attempted ? Math.max(0, delay - (nanos.getAsLong() - attemptedAt)) : 0;
  }

  boolean isReady() {
    return remaining() == 0;
  }
}
