package io.millrace.emitter.lane;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: grows with each, up to a cap, and shortened at random
 * by up to half, so that those who failed together do not come back together.
 *
 * @param first before the second attempt
 * @param factor how much longer each wait is than the one before, at least 1
 * @param cap longest wait
 * @param random gives numbers from 0 to 1; used by several threads
 */
public record Backoff(Duration first, double factor, Duration cap, DoubleSupplier random) {

  public Backoff {
    if (first.isNegative() || first.isZero() || factor < 1 || cap.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "a back-off is positive, and neither shrinks nor begins above its cap");
    }
  }

  /** The wait after so many attempts. */
  Duration after(int attempts) {
    double grown = first.toMillis() * Math.pow(factor, Math.max(0, attempts - 1));
    double capped = Math.min((double) cap.toMillis(), grown);
    return Duration.ofMillis((long) (capped * (0.5 + 0.5 * random.getAsDouble())));
  }
}
