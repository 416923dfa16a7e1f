package io.millrace.source.config;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubles with each, up to a cap, and shortened at random
 * by up to half, so that those who failed together do not come back together.
 *
 * @param first before the second attempt
 * @param cap longest wait
 * @param random gives numbers from 0 to 1; used by several threads
 */
public record Backoff(Duration first, Duration cap, DoubleSupplier random) {

  public Backoff {
    if (first.isNegative() || first.isZero() || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "a back-off is positive, and does not begin above its cap");
    }
  }

  /** The wait after so many attempts, the first being 1. */
  public Duration after(int attempts) {
    double grown = first.toMillis() * Math.pow(2, Math.max(0, attempts - 1));
    double capped = Math.min((double) cap.toMillis(), grown);
    return Duration.ofMillis((long) (capped * (0.5 + 0.5 * random.getAsDouble())));
  }
}
