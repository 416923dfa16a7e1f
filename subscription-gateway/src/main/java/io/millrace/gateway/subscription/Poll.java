package io.millrace.gateway.subscription;

import static java.util.Objects.requireNonNull;

import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poll of a consumer that holds its lease: looks at what follows its offset, and if nothing
 * there matches up to the head, waits for what comes. It looks at a bounded stretch only, and no
 * thread is held while it waits. Locks itself, then the {@link Head}; never the other way round.
 */
final class Poll implements Waiting, CatchUp.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Poll.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);

  // Most blocks that one poll looks at, and of those most on the thread that wakes it.
  private static final int BLOCKS = 16;
  private static final int BLOCKS_AT_ONCE = 2;
  private static final long MAX_BYTES = 4 << 20;

  private enum State {
    WORKING,
    QUEUED,
    WAITING,
    BEYOND,
    DONE
  }

  private final PollRequest request;
  private final Seat seat;
  private final Subscription.Place place;
  private final PollWork work;
  private final PendingPoll pending;
  private final long from;
  private final long deadline;
  private final @Nullable Runnable anew;

  private State state = State.WORKING;
  private long next;
  private List<StreamedEvent> events = List.of();
  private long bytes;
  private int blocks;
  private boolean late;
  private @Nullable Future<?> tick;

  Poll(
      PollRequest request,
      long from,
      long deadline,
      Seat seat,
      Subscription.Place place,
      PollWork work,
      PendingPoll pending,
      @Nullable Runnable anew) {
    this.request = request;
    this.from = from;
    this.next = from;
    this.deadline = deadline;
    this.seat = seat;
    this.place = place;
    this.work = work;
    this.pending = pending;
    this.anew = anew;
  }

  void start() {
    Poll before = seat.seat(this);
    if (before != null) {
      before.giveUp();
    }
    var unused = pending.future().whenComplete((answer, failure) -> ended());
    tick();
    advance(null);
  }

  // What comes from outside, on whatever thread.

  @Override
  public void woken(long offset) {
    work.execute(
        () -> {
          if (goOn(State.WAITING)) {
            advance(null);
          }
        });
  }

  private synchronized boolean goOn(State from) {
    if (state != from) {
      return false;
    }
    state = State.WORKING;
    blocks = 0;
    return true;
  }

  @Override
  public void work(PastReader reader) {
    synchronized (this) {
      if (state != State.QUEUED) {
        return; // It was time before its turn came.
      }
      state = State.WORKING;
    }
    advance(reader);
  }

  /** Waits for a thread that reads what is past; ends meanwhile when it is time. */
  private boolean queue(Runnable how) {
    synchronized (this) {
      if (state != State.WORKING) {
        return false;
      }
      state = State.QUEUED;
    }
    how.run();
    return false;
  }

  /** Something is known of the lease: the poll ends if it is no longer its consumer's, here. */
  void leaseChanged() {
    if (!seat.isSafe(request.consumer())) {
      work.execute(this::lost);
    }
  }

  /** The subscription is no more, or something else went wrong. */
  void fail(RuntimeException why) {
    work.execute(() -> pending.future().completeExceptionally(why));
  }

  /** Ends with what there is: it is time, or its consumer has asked again, or the node stops. */
  void giveUp() {
    synchronized (this) {
      boolean first = !late;
      late = true;
      if (state == State.QUEUED && blocks == 0 && first) {
        // Who waits for nothing is to get what there is, if its turn comes soon.
        tick = work.schedule(() -> work.execute(this::giveUp), GRACE.toNanos());
        return;
      }
      if (state == State.WAITING) {
        long reached = place.stream().head.leave(this, place.interest());
        if (reached < 0) {
          // It is being woken.
          return;
        }
        next = Math.max(next, reached);
      } else if (state != State.BEYOND && state != State.QUEUED) {
        return;
      }
      state = State.WORKING;
    }
    finish();
  }

  private void tick() {
    long left = deadline - work.nanoTime();
    if (left <= 0) {
      work.execute(this::giveUp);
      return;
    }
    seat.touch();
    leaseChanged();
    long wait = Math.min(left, request.sessionTimeout().toNanos() / 3);
    synchronized (this) {
      if (state != State.DONE) {
        tick = work.schedule(this::tick, wait);
      }
    }
  }

  // Looking at events: by one thread at a time, while WORKING.

  private void advance(@Nullable PastReader reader) {
    try {
      boolean more = true;
      while (more) {
        more = look(reader);
      }
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("A stream could not be read for a poll, trying again: {}", e.toString());
      blocks++;
      boolean unused = queue(() -> work.readLater(this, RETRY));
    } catch (RuntimeException e) {
      pending.future().completeExceptionally(e);
    }
  }

  /** Returns whether this thread is to look further. */
  private boolean look(@Nullable PastReader reader) {
    Head.Look look;
    boolean enough;
    synchronized (this) {
      if (state != State.WORKING) {
        return false;
      }
      Waiting waiting = events.isEmpty() && !late ? this : null;
      look = place.stream().head.look(next, waiting, place.interest());
      Block kept = look.block();
      enough =
          isFull()
              || (late && (look.beyond() || (kept == null && blocks > 0)))
              || (look.atHead() && waiting == null);
      if (!enough && look.atHead()) {
        state = State.WAITING;
        return false;
      }
      if (!enough && look.beyond()) {
        state = State.BEYOND;
      }
    }
    if (enough) {
      finish();
      return false;
    }
    if (look.beyond()) {
      awaitHead();
      return false;
    }
    return take(look.block(), reader);
  }

  private boolean take(@Nullable Block kept, @Nullable PastReader reader) {
    if (reader == null && (kept == null || blocks >= BLOCKS_AT_ONCE)) {
      return queue(() -> work.read(this));
    }
    Block block = kept == null ? read(requireNonNull(reader)) : kept;
    take(block);
    if (block.to() <= block.from()) {
      return queue(() -> work.read(this));
    }
    return true;
  }

  private void awaitHead() {
    var unused =
        place.stream()
            .head
            .reached(next)
            .thenRun(
                () ->
                    work.execute(
                        () -> {
                          if (goOn(State.BEYOND)) {
                            advance(null);
                          }
                        }));
  }

  private Block read(PastReader reader) {
    Stream stream = place.stream();
    try {
      return stream.past(reader, next, PATIENCE);
    } catch (OffsetOutOfRangeException e) {
      long start = reader.beginning(stream.partition);
      if (start <= next) {
        throw e;
      }
      stream.head.logStart(start);
      next = start;
      return stream.past(reader, start, PATIENCE);
    }
  }

  private void take(Block block) {
    blocks++;
    var matcher = place.interest().matcher();
    var rules = place.stream().head.rules();
    List<StreamedEvent> all = block.events();
    for (int i = block.indexOf(next); i < all.size() && !hasEnough(); i++) {
      StreamedEvent event = all.get(i);
      if (matcher.matches(event.event())
          && rules.of(event.event()).admits(request.viewer().get())) {
        add(event);
      }
      next = event.id();
    }
    if (!hasEnough()) {
      next = Math.max(next, block.to());
    }
  }

  private void add(StreamedEvent event) {
    if (events.isEmpty()) {
      events = new ArrayList<>(Math.min(request.limit(), 16));
    }
    events.add(event);
    var data = event.event().getData();
    bytes += data == null ? 0 : data.toBytes().length;
  }

  private boolean hasEnough() {
    return events.size() >= request.limit() || bytes >= MAX_BYTES;
  }

  private boolean isFull() {
    return hasEnough() || blocks >= BLOCKS;
  }

  // The end.

  private void finish() {
    if (seat.isSafe(request.consumer())) {
      pending.future().complete(new PolledEvents(from, List.copyOf(events), next));
    } else {
      lost();
    }
  }

  private void lost() {
    synchronized (this) {
      if (state == State.DONE) {
        return;
      }
    }
    ended();
    work.lost(seat.subscription(), request, from, pending, anew);
  }

  /** It was answered, or its client is gone. */
  private void ended() {
    Future<?> pendingTick;
    synchronized (this) {
      if (state == State.WAITING) {
        long unused = place.stream().head.leave(this, place.interest());
      }
      state = State.DONE;
      pendingTick = tick;
      tick = null;
    }
    if (pendingTick != null) {
      pendingTick.cancel(false);
    }
    seat.leave(this);
    seat.touch();
  }
}
