package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The failing event of whoever had the lane before, until it comes. Guarded by the lane. */
final class Former {

  private final Clock clock;
  private final Clock wall;
  private @Nullable Failure failure;
  private Duration longest = Duration.ZERO;

  Former(Clock clock, Clock wall) {
    this.clock = clock;
    this.wall = wall;
  }

  void left(EmitterStatus status) {
    Failure left = status.failure();
    if (left != null && left.next() != null) {
      failure = left;
      longest = Duration.between(status.updated(), left.next());
    }
  }

  /** If it is this event it goes on failing, and waits as long as it was to. */
  void greet(Delivery delivery, Health health) {
    Failure left = failure;
    passed(delivery.offset() + 1);
    if (left == null || left.offset() != delivery.offset() || delivery.isRejected()) {
      return;
    }
    health.restore(delivery, left);
    delivery.notBefore = clock.millis() + Math.max(1, remaining(left).toMillis());
  }

  /** Everything before this offset has come, or will not. */
  void passed(long offset) {
    if (failure != null && failure.offset() < offset) {
      failure = null;
    }
  }

  /** Whether the event is still to come. */
  boolean isExpected() {
    return failure != null;
  }

  // Never longer than when it was reported, should the system's time have been put back since.
  private Duration remaining(Failure left) {
    Duration wait =
        left.next() == null ? Duration.ZERO : Duration.between(wall.instant(), left.next());
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
