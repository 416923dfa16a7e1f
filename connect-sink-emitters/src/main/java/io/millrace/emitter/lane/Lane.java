package io.millrace.emitter.lane;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka topic-partition of one emitter, at its own pace. Events of one key are handed out one
 * after the other; others at the same time, up to a limit; only the key that fails waits. While a
 * dead letter cannot be written nothing else is handed out.
 *
 * <p>Its task adds events and calls {@link #deliver} now and then. Attempts that end on other
 * threads send off the next event themselves; whoever is sending goes on until nothing may go, so
 * that at most one thread calls the emitter, and no stack grows with an emitter that answers at
 * once.
 */
public final class Lane {

  private final LaneId id;
  private final LaneLimits limits;
  private final Backoff backoff;
  private final Clock clock;
  private final DeadLetters deadLetters;
  private final LaneLog log;

  private final OffsetWindow window = new OffsetWindow();
  private final KeyOrder order;
  private final List<Emitter> retired = new ArrayList<>();
  private @Nullable Emitter emitter;
  private int inFlight;
  private int failing;
  private int undeliverable;
  private boolean sending;
  private boolean full;
  private long bytes;
  private long share = Long.MAX_VALUE;
  // Until then nothing is handed out; after it one at a time until the endpoint takes one.
  private long holdUntil;
  private boolean careful;
  private boolean closed;

  /** Without an emitter until {@link #use}. */
  public Lane(LaneId id, LaneLimits limits, Backoff backoff, Clock clock, DeadLetters deadLetters) {
    this.id = id;
    this.limits = limits;
    this.order = new KeyOrder(limits.ordered());
    this.backoff = backoff;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.log = new LaneLog(id);
  }

  /**
   * From now on events go to this emitter, also those that wait for another attempt, and these at
   * once. What is under way ends where it began. Without an emitter the lane keeps its events.
   */
  public synchronized void use(@Nullable Emitter replacement) {
    if (emitter != null) {
      retired.add(emitter);
    }
    emitter = replacement;
    if (replacement != null) {
      holdUntil = 0;
      order.wake(Long.MAX_VALUE);
    }
  }

  /** Takes an event, whose offset must be above all before it. */
  public synchronized void add(Delivery delivery) {
    delivery.slot = window.open(delivery.offset());
    delivery.added = clock.millis();
    bytes += delivery.bytes();
    order.add(delivery);
  }

  /** Sends off what may go now. */
  public void deliver() {
    synchronized (this) {
      order.wake(clock.millis());
    }
    send();
  }

  /** How many bytes of events it may hold, give or take one poll. */
  public synchronized void share(long most) {
    share = most;
  }

  /** Whether the lane has enough for now; stays so until half of it is gone. */
  public synchronized boolean isFull() {
    int factor = full ? 2 : 1;
    full =
        emitter == null
            || window.open() * factor >= Math.max(limits.buffer(), emitter.batch())
            || (bytes > 0 && bytes * factor >= share)
            || window.span() * factor >= limits.maxAhead();
    return full;
  }

  /** Whether an attempt is under way, which may end at any time. */
  public synchronized boolean isBusy() {
    return inFlight > 0;
  }

  /**
   * When {@link #deliver} is to be called at the latest, in epoch milliseconds; {@code MAX_VALUE}
   * if only the end of an attempt can change anything.
   */
  public synchronized long nextDue() {
    if (emitter == null) {
      return Long.MAX_VALUE;
    }
    Delivery head = order.peek();
    long lingering =
        head == null || inFlight >= maxInFlight(emitter) || head.isRejected()
            ? Long.MAX_VALUE
            : head.added + emitter.linger().toMillis();
    return Math.max(holdUntil, Math.min(lingering, order.nextDue()));
  }

  /**
   * Up to where everything is delivered or durably dead-lettered.
   *
   * @param consumed where the consumer stands
   * @throws IOException if delivered events may be lost; see {@link Emitter#flush}
   */
  public long flushed(long consumed) throws IOException {
    long watermark;
    List<Emitter> used;
    synchronized (this) {
      watermark = window.watermark(consumed);
      used = new ArrayList<>(retired);
      retired.clear();
      if (emitter != null) {
        used.add(emitter);
      }
    }
    for (Emitter each : used) {
      each.flush();
    }
    return watermark;
  }

  /** The same without making anything durable. */
  public synchronized long watermark(long consumed) {
    return window.watermark(consumed);
  }

  /** Sends nothing more and takes no notice of what is under way. */
  public synchronized void close() {
    closed = true;
  }

  private void send() {
    synchronized (this) {
      if (sending) {
        return;
      }
      sending = true;
    }
    while (true) {
      Attempt attempt;
      Emitter current;
      synchronized (this) {
        current = emitter;
        attempt = current == null ? null : next(current);
        if (attempt == null || current == null) {
          sending = false;
          return;
        }
      }
      begin(attempt, current)
          .whenComplete((outcome, error) -> ended(attempt, current, outcome, error));
    }
  }

  private @Nullable Attempt next(Emitter current) {
    Delivery head = order.peek();
    if (closed || head == null || inFlight >= maxInFlight(current)) {
      return null;
    }
    int most = Math.max(1, current.batch());
    if (!head.isRejected() && (undeliverable > 0 || mustWait(head, most, current))) {
      return null;
    }
    inFlight++;
    return order.take(most);
  }

  private int maxInFlight(Emitter current) {
    return careful ? 1 : Math.min(limits.maxInFlight(), current.maxInFlight());
  }

  private boolean mustWait(Delivery head, int most, Emitter current) {
    if (holdUntil > 0) {
      if (clock.millis() < holdUntil) {
        return true;
      }
      holdUntil = 0;
    }
    return order.available() < most
        && head.attempts == 0
        && head.company > 1
        && clock.millis() < head.added + current.linger().toMillis();
  }

  private CompletionStage<Outcome> begin(Attempt attempt, Emitter current) {
    try {
      Delivery first = attempt.first();
      return first.isRejected()
          ? deadLetters
              .write(first.record(), String.valueOf(first.rejection))
              .thenApply(written -> Outcome.DELIVERED)
          : current.emit(attempt.emissions(id));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void ended(
      Attempt attempt, Emitter used, @Nullable Outcome outcome, @Nullable Throwable error) {
    synchronized (this) {
      if (closed) {
        return;
      }
      inFlight--;
      if (error != null || outcome == null) {
        conclude(attempt, used, Outcome.retry(LaneLog.describe(error)));
      } else {
        conclude(attempt, used, outcome);
      }
    }
    send();
  }

  private void conclude(Attempt attempt, Emitter used, Outcome outcome) {
    List<Delivery> all = attempt.deliveries();
    int done = 0;
    Outcome rest = outcome;
    if (outcome instanceof Outcome.Delivered) {
      done = all.size();
    } else if (outcome instanceof Outcome.Partly partly) {
      done = Math.min(partly.delivered(), all.size());
      rest = partly.rest();
    }
    if (done > 0) {
      careful = false;
      all.subList(0, done).forEach(this::settle);
    }
    List<Delivery> left = all.subList(done, all.size());
    if (left.isEmpty()) {
      order.done(attempt);
    } else if (rest instanceof Outcome.Postponed postponed) {
      hold(postponed.atLeast());
      order.again(attempt);
    } else if (rest instanceof Outcome.Rejected rejected) {
      reject(left, rejected.cause());
      order.again(attempt);
    } else {
      retry(attempt, left, rest, used);
    }
  }

  private void hold(Duration wait) {
    holdUntil = Math.max(holdUntil, clock.millis() + wait.toMillis());
  }

  private void retry(Attempt attempt, List<Delivery> left, Outcome why, Emitter used) {
    int attempts = 0;
    for (Delivery delivery : left) {
      delivery.attempts++;
      attempts = Math.max(attempts, delivery.attempts);
      if (delivery.attempts == 1) {
        failing++;
        if (delivery.isRejected()) {
          undeliverable++;
        }
        log.failing(failing, undeliverable, delivery, cause(why));
      }
    }
    if (used != emitter && !attempt.first().isRejected()) {
      order.again(attempt);
      return;
    }
    if (why instanceof Outcome.Retry retry && retry.atLeast() != null) {
      hold(retry.atLeast());
      careful = true;
    }
    order.later(attempt, clock.millis() + backoff.after(attempts).toMillis());
  }

  private static String cause(Outcome failure) {
    if (failure instanceof Outcome.Refused refused) {
      return refused.cause();
    }
    if (failure instanceof Outcome.Gone gone) {
      return gone.cause();
    }
    return failure instanceof Outcome.Retry retry ? retry.cause() : "";
  }

  private void reject(List<Delivery> left, String cause) {
    int half = (left.size() + 1) / 2;
    for (Delivery delivery : left) {
      if (left.size() > 1) {
        delivery.company = half;
      } else {
        recovered(delivery);
        delivery.rejection = cause;
      }
    }
  }

  private void settle(Delivery delivery) {
    recovered(delivery);
    if (delivery.slot != null) {
      window.settle(delivery.slot);
      bytes -= delivery.bytes();
    }
    order.settled(delivery);
  }

  private void recovered(Delivery delivery) {
    if (delivery.attempts == 0) {
      return;
    }
    delivery.attempts = 0;
    failing--;
    if (delivery.isRejected()) {
      undeliverable--;
    }
    log.recovered(failing);
  }
}
