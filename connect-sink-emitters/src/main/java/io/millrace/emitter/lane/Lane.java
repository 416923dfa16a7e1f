package io.millrace.emitter.lane;

import java.io.IOException;
import java.time.Clock;
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

  private final LaneLimits limits;
  private final Backoff backoff;
  private final Clock clock;
  private final DeadLetters deadLetters;
  private final LaneLog log;

  private final OffsetWindow window = new OffsetWindow();
  private final KeyOrder order = new KeyOrder();
  private final List<Emitter> retired = new ArrayList<>();
  private @Nullable Emitter emitter;
  private int inFlight;
  private int failing;
  private int undeliverable;
  private boolean sending;
  private boolean full;
  private long bytes;
  private long share = Long.MAX_VALUE;
  private boolean closed;

  /**
   * Without an emitter until {@link #use}.
   *
   * @param name for log entries: the emitter and its topic-partition
   */
  public Lane(
      String name, LaneLimits limits, Backoff backoff, Clock clock, DeadLetters deadLetters) {
    this.limits = limits;
    this.backoff = backoff;
    this.clock = clock;
    this.deadLetters = deadLetters;
    this.log = new LaneLog(name);
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
      order.wake(Long.MAX_VALUE);
    }
  }

  /** Takes an event, whose offset must be above all before it. */
  public synchronized void add(Delivery delivery) {
    delivery.slot = window.open(delivery.offset());
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
            || window.open() * factor >= limits.buffer()
            || (bytes > 0 && bytes * factor >= share)
            || window.span() * factor >= limits.maxAhead();
    return full;
  }

  /** Whether an attempt is under way, which may end at any time. */
  public synchronized boolean isBusy() {
    return inFlight > 0;
  }

  /** When the next attempt is due, in epoch milliseconds; {@code MAX_VALUE} for none. */
  public synchronized long nextDue() {
    return emitter == null ? Long.MAX_VALUE : order.nextDue();
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
      Delivery delivery;
      Emitter current;
      synchronized (this) {
        delivery = next();
        current = emitter;
        if (delivery == null || current == null) {
          sending = false;
          return;
        }
      }
      attempt(delivery, current)
          .whenComplete((outcome, error) -> ended(delivery, current, outcome, error));
    }
  }

  private @Nullable Delivery next() {
    Delivery head = order.peek();
    if (closed || emitter == null || head == null || inFlight >= limits.maxInFlight()) {
      return null;
    }
    if (undeliverable > 0 && head.rejection == null) {
      return null;
    }
    order.take();
    inFlight++;
    return head;
  }

  private CompletionStage<Outcome> attempt(Delivery delivery, Emitter current) {
    try {
      return delivery.rejection != null || delivery.event() == null
          ? deadLetters
              .write(delivery.record(), String.valueOf(delivery.rejection))
              .thenApply(written -> Outcome.DELIVERED)
          : current.emit(delivery.event());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void ended(
      Delivery delivery, Emitter used, @Nullable Outcome outcome, @Nullable Throwable error) {
    synchronized (this) {
      if (closed) {
        return;
      }
      inFlight--;
      if (error != null) {
        retry(delivery, new Outcome.Retry(LaneLog.describe(error), null), used);
      } else if (outcome instanceof Outcome.Retry retry) {
        retry(delivery, retry, used);
      } else if (outcome instanceof Outcome.Rejected rejected) {
        reject(delivery, rejected.cause());
      } else {
        settle(delivery);
      }
    }
    send();
  }

  private void retry(Delivery delivery, Outcome.Retry retry, Emitter used) {
    delivery.attempts++;
    if (delivery.attempts == 1) {
      failing++;
      if (delivery.rejection != null) {
        undeliverable++;
      }
      log.failing(failing, undeliverable, delivery, retry.cause());
    }
    if (used != emitter && delivery.rejection == null) {
      order.again(delivery);
      return;
    }
    delivery.due = clock.millis() + backoff.after(delivery.attempts, retry.atLeast()).toMillis();
    order.later(delivery);
  }

  private void reject(Delivery delivery, String cause) {
    recovered(delivery);
    delivery.rejection = cause;
    order.again(delivery);
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
    if (delivery.rejection != null) {
      undeliverable--;
    }
    log.recovered(failing);
  }
}
