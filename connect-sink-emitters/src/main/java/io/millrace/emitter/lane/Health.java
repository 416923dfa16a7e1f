package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a lane fares: which events fail, whether the endpoint does, and when to give up on either.
 * Guarded by the lane.
 *
 * <p>Whether the endpoint fails or an event is told by what else gets through. Failures in a row
 * are those of one event: many events that are under way at once and fail together count once.
 */
final class Health {

  private final FailureLimits limits;
  private final Clock wall;
  private final NavigableMap<Long, Delivery> failing = new TreeMap<>();
  private int consecutive;
  private @Nullable Instant since;
  private long passes;
  private int undeliverable;
  private @Nullable Failure disabled;
  private long changes;

  /**
   * Of a lane that is well.
   *
   * @param wall the time that people see
   */
  Health(FailureLimits limits, Clock wall) {
    this.limits = limits;
    this.wall = wall;
  }

  /** The endpoint has the event. */
  void passed(Delivery delivery) {
    passes++;
    if (consecutive > 0) {
      changes++;
    }
    consecutive = 0;
    since = null;
    recovered(delivery);
  }

  /** It fails no more, or no longer in this way; false if it did not fail. */
  boolean recovered(Delivery delivery) {
    if (delivery.failure == null) {
      return false;
    }
    if (delivery.isRejected()) {
      undeliverable--;
    }
    delivery.failure = null;
    failing.remove(delivery.offset());
    changes++;
    return true;
  }

  /**
   * An attempt of the event has failed.
   *
   * @param asked whether the endpoint said when to come again: that is no fault of the event's
   * @return whether to give up on the event
   */
  boolean failed(
      Delivery delivery, @Nullable Integer status, String error, Duration wait, boolean asked) {
    Failure before = delivery.failure;
    note(delivery, status, error, wait);
    if (delivery.passes == passes) {
      delivery.inVain++;
    } else {
      delivery.inVain = 1;
      if (before != null && !asked) {
        delivery.alone++;
      }
    }
    delivery.passes = passes;
    consecutive = Math.max(consecutive, delivery.inVain);
    Instant now = wall.instant();
    if (since == null) {
      since = now;
    }
    if (limits.exhausted(delivery.alone)) {
      return true;
    }
    if (limits.reached(consecutive, Duration.between(since, now))) {
      disable(delivery);
    }
    return false;
  }

  /** The event is rejected, and its dead letter could not be written. */
  void undeliverable(Delivery delivery, String error, Duration wait) {
    if (delivery.failure == null) {
      undeliverable++;
    }
    note(delivery, null, delivery.rejection + ", and cannot be dead-lettered: " + error, wait);
  }

  /** Gives up on the endpoint, because of an event that has failed. */
  void disable(Delivery delivery) {
    Failure last = delivery.failure;
    if (disabled == null && last != null) {
      disabled = ended(last);
      changes++;
    }
  }

  /** As reported by whoever had the lane before. */
  void restore(EmitterStatus status) {
    consecutive = status.consecutiveFailures();
    Failure failure = status.failure();
    if (failure != null) {
      since = consecutive > 0 ? failure.first() : null;
      disabled = status.state() == State.DISABLED ? failure : null;
    }
  }

  /** An event goes on failing as reported by whoever had the lane before. */
  void restore(Delivery delivery, Failure failure) {
    delivery.failure = failure;
    delivery.inVain = consecutive;
    delivery.passes = consecutive > 0 ? passes : -1;
    delivery.alone = consecutive > 0 ? 0 : failure.attempts();
    failing.put(delivery.offset(), delivery);
  }

  /** The emitter is enabled again. */
  void enable() {
    disabled = null;
    countAnew();
  }

  /** What failed so far was the fault of another endpoint. */
  void countAnew() {
    consecutive = 0;
    since = null;
    for (Delivery delivery : failing.values()) {
      delivery.passes = -1;
      delivery.alone = 0;
    }
    changes++;
  }

  boolean isDisabled() {
    return disabled != null;
  }

  /** Why the emitter was disabled. */
  @Nullable Failure whyDisabled() {
    return disabled;
  }

  /** Whether rejected events cannot be put away. */
  boolean isStuck() {
    return undeliverable > 0;
  }

  int undeliverable() {
    return undeliverable;
  }

  int failing() {
    return failing.size();
  }

  int consecutive() {
    return consecutive;
  }

  /** Grows with every change that a status could show. */
  long changes() {
    return changes;
  }

  EmitterStatus status(LaneId id, long generation) {
    State state = failing.isEmpty() ? State.RUNNING : State.RETRYING;
    Failure failure = failing.isEmpty() ? null : failing.firstEntry().getValue().failure;
    if (disabled != null) {
      state = State.DISABLED;
      failure = disabled;
    }
    return new EmitterStatus(
        id.statusId(),
        id.partition().partition(),
        state,
        generation,
        failure,
        consecutive,
        wall.instant());
  }

  private void note(Delivery delivery, @Nullable Integer status, String error, Duration wait) {
    Failure before = delivery.failure;
    Instant now = wall.instant();
    delivery.failure =
        new Failure(
            delivery.offset(),
            delivery.eventId(),
            delivery.attempts() + 1,
            before == null ? now : before.first(),
            now.plus(wait),
            status,
            error);
    failing.put(delivery.offset(), delivery);
    changes++;
  }

  private static Failure ended(Failure last) {
    return new Failure(
        last.offset(),
        last.eventId(),
        last.attempts(),
        last.first(),
        null,
        last.status(),
        last.error());
  }
}
