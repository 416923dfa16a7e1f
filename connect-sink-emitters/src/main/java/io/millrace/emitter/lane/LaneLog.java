package io.millrace.emitter.lane;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that a lane fails, once that it cannot even dead-letter, and once that it recovered.
 */
final class LaneLog {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final LaneId lane;

  LaneLog(LaneId lane) {
    this.lane = lane;
  }

  void failing(int failing, int undeliverable, Delivery delivery, String cause) {
    if (delivery.isRejected() && undeliverable == 1) {
      LOG.error(
          "{} stands still at offset {}: the event was rejected ({}) and cannot be dead-lettered: {}",
          lane,
          delivery.offset(),
          delivery.rejection,
          cause);
    } else if (failing == 1) {
      LOG.warn(
          "{} fails and is tried again, first at offset {}: {}", lane, delivery.offset(), cause);
    }
  }

  void recovered(int failing) {
    if (failing == 0) {
      LOG.info("{} has recovered", lane);
    }
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
