package io.millrace.emitter.lane;

import java.time.Clock;
import java.time.Duration;

/**
 * The lane as a whole waits, because the endpoint asked for it or the emitter's own limits say so;
 * after an endpoint asked, one event goes ahead of the others. Guarded by the lane.
 */
final class Hold {

  private final Clock clock;
  private long until;
  private boolean careful;

  Hold(Clock clock) {
    this.clock = clock;
  }

  void postpone(Duration wait) {
    // In whole milliseconds: a hold of none would be over at once, and asked for again at once.
    until = Math.max(until, clock.millis() + Math.max(1, wait.plusNanos(999_999).toMillis()));
  }

  void asked(Duration wait) {
    postpone(wait);
    careful = true;
  }

  void passed() {
    careful = false;
  }

  void end() {
    until = 0;
    careful = false;
  }

  /** Whether one event goes ahead of the others. */
  boolean isCareful() {
    return careful;
  }

  /** Whether nothing may go yet. */
  boolean holds() {
    if (until > 0 && clock.millis() >= until) {
      until = 0;
    }
    return until > 0;
  }

  /** In epoch milliseconds; 0 for no hold. */
  long until() {
    return until;
  }
}
