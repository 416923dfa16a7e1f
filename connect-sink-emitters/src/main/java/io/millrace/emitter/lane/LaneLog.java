package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus.Failure;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that a lane fails, once that it cannot even dead-letter, once that its emitter is
 * disabled, and once that it recovered.
 */
final class LaneLog {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final LaneId lane;
  private boolean disabled;

  LaneLog(LaneId lane) {
    this.lane = lane;
  }

  /** After an attempt failed. */
  void failed(Health health, Delivery delivery) {
    Failure why = health.whyDisabled();
    if (why != null && !disabled) {
      disabled = true;
      LOG.error(
          "{} is disabled until it is enabled again: offset {} failed, attempts: {} since {}, last: {}",
          lane,
          why.offset(),
          why.attempts(),
          why.first(),
          why.error());
    } else if (delivery.failure != null && delivery.failure.attempts() == 1) {
      begun(health, delivery, delivery.failure);
    }
  }

  private void begun(Health health, Delivery delivery, Failure failure) {
    if (delivery.isRejected() && health.undeliverable() == 1) {
      LOG.error("{} stands still at offset {}: {}", lane, failure.offset(), failure.error());
    } else if (health.failing() == 1) {
      LOG.warn(
          "{} fails and is tried again, first at offset {}: {}",
          lane,
          failure.offset(),
          failure.error());
    }
  }

  void gaveUp(Delivery delivery, String cause) {
    LOG.warn("{} goes on without the event at offset {}: {}", lane, delivery.offset(), cause);
  }

  void recovered(Health health) {
    if (health.failing() == 0) {
      LOG.info("{} has recovered", lane);
    }
  }

  void enabled() {
    disabled = false;
  }

  static String describe(@Nullable Throwable error) {
    if (error == null) {
      return "the attempt ended without an outcome";
    }
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null
        ? cause.getClass().getSimpleName()
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
