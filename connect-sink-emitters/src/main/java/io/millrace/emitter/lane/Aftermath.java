package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What follows from the end of an attempt. Guarded by the lane. */
final class Aftermath {

  private final Backoff backoff;
  private final Clock clock;
  private final Backlog backlog;
  private final Health health;
  private final Hold hold;
  private final Tally tally;
  private final LaneLog log;

  Aftermath(
      Backoff backoff,
      Clock clock,
      Backlog backlog,
      Health health,
      Hold hold,
      Tally tally,
      LaneLog log) {
    this.backoff = backoff;
    this.clock = clock;
    this.backlog = backlog;
    this.health = health;
    this.hold = hold;
    this.tally = tally;
    this.log = log;
  }

  /** Of an attempt to write a dead letter. */
  void ofLetter(Attempt letter, Outcome outcome) {
    Delivery delivery = letter.first();
    if (outcome instanceof Outcome.Retry retry) {
      Duration wait = backoff.after(delivery.attempts() + 1);
      health.undeliverable(delivery, retry.cause(), wait);
      log.failed(health, delivery);
      backlog.order.later(letter, clock.millis() + wait.toMillis());
      return;
    }
    tally.addRejected();
    recovered(delivery);
    backlog.settle(delivery);
    backlog.order.done(letter);
  }

  /**
   * Of an attempt at the endpoint.
   *
   * @param replaced whether the emitter is another one by now: what failed goes to it at once
   */
  void ofAttempt(Attempt attempt, Outcome outcome, boolean replaced) {
    List<Delivery> all = attempt.deliveries();
    int done = 0;
    Outcome rest = outcome;
    if (outcome instanceof Outcome.Delivered) {
      done = all.size();
    } else if (outcome instanceof Outcome.Partly partly) {
      done = Math.min(partly.delivered(), all.size());
      rest = partly.rest();
    }
    all.subList(0, done).forEach(this::delivered);
    List<Delivery> left = all.subList(done, all.size());
    if (left.isEmpty()) {
      backlog.order.done(attempt);
    } else if (rest instanceof Outcome.Postponed postponed) {
      hold.postpone(postponed.atLeast());
      backlog.order.again(attempt);
    } else if (rest instanceof Outcome.Rejected rejected) {
      rejected(left, rejected.cause());
      backlog.order.again(attempt);
    } else if (replaced) {
      backlog.order.again(attempt);
    } else {
      failed(attempt, left, Verdict.of(rest));
    }
  }

  private void delivered(Delivery delivery) {
    tally.addDelivered();
    hold.passed();
    boolean failed = delivery.failure != null;
    health.passed(delivery);
    if (failed) {
      log.recovered(health);
    }
    backlog.settle(delivery);
  }

  private void rejected(List<Delivery> left, String cause) {
    if (left.size() == 1) {
      reject(left.get(0), cause);
    } else {
      halve(left);
    }
  }

  private void failed(Attempt attempt, List<Delivery> left, Verdict verdict) {
    int attempts = 1 + left.stream().mapToInt(Delivery::attempts).max().orElse(0);
    Duration wait = backoff.after(attempts);
    if (verdict.asked() != null) {
      hold.asked(verdict.asked());
      wait = wait.compareTo(verdict.asked()) > 0 ? wait : verdict.asked();
    }
    for (Delivery delivery : left) {
      failed(delivery, verdict, wait);
    }
    // The event that spoils a batch must come to stand alone, also if it makes the endpoint err.
    if (attempts > 1 && left.size() > 1 && !verdict.isPace()) {
      halve(left);
    }
    tally.addRetried(left.size());
    backlog.order.later(attempt, clock.millis() + wait.toMillis());
  }

  private void failed(Delivery delivery, Verdict verdict, Duration wait) {
    boolean giveUp =
        health.failed(delivery, verdict.status(), verdict.cause(), wait, verdict.isPace());
    if (verdict.gone()) {
      health.disable(delivery);
    }
    Failure failure = delivery.failure;
    if (giveUp && failure != null) {
      String cause =
          "given up after %d attempts since %s, while others got through: %s"
              .formatted(failure.attempts(), failure.first(), failure.error());
      log.gaveUp(delivery, cause);
      reject(delivery, cause);
    } else {
      log.failed(health, delivery);
    }
  }

  private void reject(Delivery delivery, String cause) {
    recovered(delivery);
    delivery.rejection = cause;
  }

  private void recovered(Delivery delivery) {
    if (health.recovered(delivery)) {
      log.recovered(health);
    }
  }

  private static void halve(List<Delivery> left) {
    int half = (left.size() + 1) / 2;
    left.forEach(delivery -> delivery.company = half);
  }
}
