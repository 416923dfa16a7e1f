package io.millrace.emitter.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt that is made again, whatever kind of outcome it was.
 *
 * @param asked how long the endpoint asked to be left alone
 * @param gone whether the endpoint is gone for good
 */
record Verdict(String cause, @Nullable Integer status, @Nullable Duration asked, boolean gone) {

  private static final int TOO_MANY = 429;

  static Verdict of(Outcome outcome) {
    if (outcome instanceof Outcome.Retry retry) {
      return new Verdict(retry.cause(), retry.status(), retry.atLeast(), false);
    }
    if (outcome instanceof Outcome.Refused refused) {
      return new Verdict(refused.cause(), refused.status(), null, false);
    }
    if (outcome instanceof Outcome.Gone gone) {
      return new Verdict(gone.cause(), gone.status(), null, true);
    }
    throw new IllegalArgumentException("not a failure: " + outcome);
  }

  /** Whether it is a matter of pace, and not of what was sent. */
  boolean isPace() {
    return asked != null || (status != null && status == TOO_MANY);
  }
}
