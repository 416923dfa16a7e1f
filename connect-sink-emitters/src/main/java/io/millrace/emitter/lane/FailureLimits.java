package io.millrace.emitter.lane;

import java.time.Duration;

/**
 * When a lane gives up.
 *
 * @param maxConsecutive the emitter is disabled when one event has failed so often without any
 *     other getting through; 0 for never
 * @param disableAfter the emitter is disabled when nothing has got through for so long; zero for
 *     never
 * @param maxAttempts an event goes to the dead letters when it has failed so often while others got
 *     through between its attempts; 0 for never
 */
public record FailureLimits(int maxConsecutive, Duration disableAfter, int maxAttempts) {

  public FailureLimits {
    if (maxConsecutive < 0 || disableAfter.isNegative() || maxAttempts < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  boolean reached(int consecutive, Duration failing) {
    return (maxConsecutive > 0 && consecutive >= maxConsecutive)
        || (!disableAfter.isZero() && failing.compareTo(disableAfter) >= 0);
  }

  boolean exhausted(int attempts) {
    return maxAttempts > 0 && attempts >= maxAttempts;
  }
}
