package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus;
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
 * dead letter cannot be written nothing else is handed out, and nothing at all once the emitter is
 * disabled.
 *
 * <pre>
 *            a failure                  too many, for too long, or gone
 *  RUNNING ─────────────► RETRYING ─────────────────────────────────────► DISABLED
 *     ▲                      │                                               │
 *     ├── nothing fails ◄────┘                                               │
 *     └──────────────────────────── enabled again ◄──────────────────────────┘
 * </pre>
 *
 * <p>Its task adds events and calls {@link #deliver} now and then. Attempts that end on other
 * threads send off the next event themselves; whoever is sending goes on until nothing may go, so
 * that at most one thread calls the emitter, and no stack grows with an emitter that answers at
 * once.
 */
public final class Lane {

  // Failures in a row after which one event goes ahead of the others.
  private static final int CAREFUL = 2;

  private final LaneId id;
  private final LaneLimits limits;
  private final Clock clock;
  private final DeadLetters deadLetters;
  private final LaneLog log;
  private final Health health;
  private final Hold hold;
  private final Aftermath aftermath;
  private final Reports reports;
  private final Former former;
  private final Backlog backlog;
  private final List<Emitter> retired = new ArrayList<>();
  private @Nullable Emitter emitter;
  private long generation;
  private int inFlight;
  private long share = Long.MAX_VALUE;
  private boolean began;
  private boolean enabled = true;
  private boolean sending;
  private boolean full;
  private boolean closed;

  /**
   * Hands nothing out before {@link #use} and {@link #begin}.
   *
   * @param clock for waits; never goes back
   * @param wall the time that people see
   */
  public Lane(
      LaneId id,
      LaneSettings settings,
      Clock clock,
      Clock wall,
      DeadLetters deadLetters,
      Tally tally) {
    this.id = id;
    this.limits = settings.limits();
    this.backlog = new Backlog(limits.ordered());
    this.clock = clock;
    this.former = new Former(clock, wall);
    this.deadLetters = deadLetters;
    this.log = new LaneLog(id);
    this.health = new Health(settings.failures(), wall);
    this.hold = new Hold(clock);
    this.reports = new Reports(id, health);
    this.aftermath = new Aftermath(settings.backoff(), clock, backlog, health, hold, tally, log);
  }

  /**
   * From now on events may go.
   *
   * @param applied generation of the activation that the lane's position is due to
   * @param last what the lane last reported in that generation: the schedule goes on from there
   */
  public synchronized void begin(long applied, @Nullable EmitterStatus last) {
    began = true;
    generation = applied;
    if (last != null) {
      reports.known(last);
      health.restore(last);
      former.left(last);
    }
  }

  /** Goes on with what it has, as if nothing had failed, in a new generation. */
  public synchronized void revive(long applied) {
    generation = applied;
    health.enable();
    hold.end();
    backlog.order.wake(Long.MAX_VALUE);
    log.enabled();
  }

  /** Whether events may go; what is under way ends in any case. */
  public synchronized void enable(boolean whether) {
    enabled = whether;
  }

  /**
   * From now on events go to this emitter, also those that wait for another attempt, and these at
   * once; failures are counted anew. What is under way ends where it began. Without an emitter the
   * lane keeps its events.
   */
  public synchronized void use(@Nullable Emitter replacement) {
    if (emitter != null) {
      retired.add(emitter);
      health.countAnew();
      hold.end();
      backlog.order.wake(Long.MAX_VALUE);
    }
    emitter = replacement;
  }

  /** Takes an event, whose offset must be above all before it, once the lane began. */
  public synchronized void add(Delivery delivery) {
    delivery.added = clock.millis();
    former.greet(delivery, health);
    backlog.add(delivery);
  }

  /** Sends off what may go now. */
  public void deliver() {
    synchronized (this) {
      backlog.order.wake(clock.millis());
    }
    send();
  }

  /** How many bytes of events it may hold, give or take one poll. */
  public synchronized void share(long most) {
    share = most;
  }

  /** Whether the lane has enough for now; stays so until half of it is gone. */
  public synchronized boolean isFull() {
    full =
        emitter == null
            || !mayGo()
            || backlog.suffices(
                limits, Math.max(limits.buffer(), emitter.batch()), share, full ? 2 : 1);
    return full;
  }

  /** Whether an attempt is under way, which may end at any time. */
  public synchronized boolean isBusy() {
    return inFlight > 0;
  }

  /** Whether the emitter was given up. */
  public synchronized boolean isDisabled() {
    return health.isDisabled();
  }

  /**
   * When {@link #deliver} is to be called at the latest, in epoch milliseconds; {@code MAX_VALUE}
   * if only the end of an attempt can change anything.
   */
  public synchronized long nextDue() {
    if (emitter == null) {
      return Long.MAX_VALUE;
    }
    Delivery head = backlog.order.peek();
    long lingering =
        head == null || head.isRejected() || !mayGo() || isBlocked(emitter)
            ? Long.MAX_VALUE
            : head.added + emitter.linger().toMillis();
    return Math.max(hold.until(), Math.min(lingering, backlog.order.nextDue()));
  }

  /** The consumer stands there: whatever is before it has come. */
  public synchronized void consumed(long position) {
    former.passed(position);
  }

  /** How the lane fares; absent before it began. */
  public synchronized @Nullable EmitterStatus status() {
    return began ? health.status(id, generation) : null;
  }

  /** What has become of the lane since the last call; absent if nothing has. */
  public synchronized @Nullable EmitterStatus report() {
    // What was reported holds until the event that fails has come.
    return began && !former.isExpected() ? reports.next(generation) : null;
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
      watermark = backlog.watermark(consumed);
      used = new ArrayList<>(retired);
      if (inFlight == 0) {
        // Until then what is under way may be with one of them.
        retired.clear();
      }
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
    return backlog.watermark(consumed);
  }

  /** Sends nothing more and takes no notice of what is under way. */
  public synchronized void close() {
    closed = true;
  }

  private boolean mayGo() {
    return began && enabled && !health.isDisabled();
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
    Delivery head = backlog.order.peek();
    if (closed || head == null || inFlight >= maxInFlight(current)) {
      return null;
    }
    int most = Math.max(1, current.batch());
    if (!head.isRejected() && (!mayGo() || health.isStuck() || mustWait(head, most, current))) {
      return null;
    }
    inFlight++;
    return backlog.order.take(most);
  }

  private boolean isBlocked(Emitter current) {
    return health.isStuck() || inFlight >= maxInFlight(current);
  }

  private int maxInFlight(Emitter current) {
    return hold.isCareful() || health.consecutive() >= CAREFUL
        ? 1
        : Math.min(limits.maxInFlight(), current.maxInFlight());
  }

  private boolean mustWait(Delivery head, int most, Emitter current) {
    return hold.holds()
        || (backlog.order.available() < most
            && head.failure == null
            && head.company > 1
            && clock.millis() < head.added + current.linger().toMillis());
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
      Outcome end =
          error == null && outcome != null ? outcome : Outcome.retry(LaneLog.describe(error));
      if (attempt.first().isRejected()) {
        aftermath.ofLetter(attempt, end);
      } else {
        aftermath.ofAttempt(attempt, end, used != emitter);
      }
    }
    send();
  }
}
