package io.millrace.server.events.dispatch;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How often an event is tried and how long to wait in between: each wait is twice the one before,
 * up to a longest, and shortened at random by up to half.
 *
 * @param attempts in all, at least 1
 * @param first wait, after the first attempt
 * @param longest wait
 * @param random gives numbers from 0 to 1; used by several threads
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, DoubleSupplier random) {

  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1");
    }
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "the first wait must be positive and no longer than the longest");
    }
  }

  /** The wait in milliseconds after so many failed attempts. */
  long waitAfter(int failed) {
    double grown = first.toMillis() * Math.pow(2, Math.max(0, failed - 1));
    double capped = Math.min((double) longest.toMillis(), grown);
    return (long) (capped * (0.5 + 0.5 * random.getAsDouble()));
  }
}
