package io.millrace.gateway.live;

import io.millrace.gateway.stream.CatchUp;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that gives a share of the sessions what comes, from all partitions in turn. It goes
 * through the {@linkplain Tail tails} at its own pace; if it falls so far behind that they do not
 * keep what it needs, that is read from Kafka for it.
 */
final class Lane implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final long CLOSE_MILLIS = 2_000;

  // Then events have their turn.
  private static final int TASKS_AT_A_TIME = 10_000;

  // As many pieces of what a session lacks are given to it here, before a replay must do it.
  private static final int PIECES_TO_JOIN = 4;

  private final int number;
  private final Consumer<CatchUp.Work> catchUp;
  private final LiveMetrics metrics;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Cursors cursors = new Cursors();
  private final Round round;
  private final Set<LiveSession> sessions = new LinkedHashSet<>();
  private final AtomicInteger load = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closing;

  Lane(
      int number,
      LiveConfig config,
      Interests interests,
      Consumer<CatchUp.Work> catchUp,
      LiveMetrics metrics) {
    this.number = number;
    this.catchUp = catchUp;
    this.metrics = metrics;
    this.round = new Round(number, config, interests, cursors, metrics);
    this.thread = new Thread(this::run, "millrace-live-" + number);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Has something done by its thread, in the order of the calls. */
  void execute(Runnable task) {
    tasks.add(task);
    wake();
  }

  /** There may be something to do. */
  void wake() {
    LockSupport.unpark(thread);
  }

  /** How many sessions it has, or will have soon. */
  int load() {
    return load.get();
  }

  /**
   * Takes a new session.
   *
   * @param resumed whether it goes on from a position that somebody has named
   */
  void open(LiveSession session, boolean resumed) {
    load.incrementAndGet();
    metrics.opened();
    execute(() -> begin(session, resumed));
  }

  private void run() {
    while (!closing) {
      boolean worked = runTasks();
      for (Cursor cursor : cursors.all()) {
        worked |= step(cursor);
      }
      if (!worked) {
        LockSupport.park(this);
      }
    }
  }

  private boolean runTasks() {
    Runnable task = tasks.poll();
    boolean any = task != null;
    for (int i = 0; task != null; i++) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A live session could not be served", e);
      }
      task = i < TASKS_AT_A_TIME ? tasks.poll() : null;
    }
    return any;
  }

  /** Goes on in one partition; tells whether there was anything to do. */
  private boolean step(Cursor cursor) {
    if (!cursor.find(catchUp, this)) {
      return false;
    }
    LiveEvent event = cursor.take();
    while (event != null) {
      round.add(cursor.tail(), event);
      event = round.full() || !tasks.isEmpty() ? null : cursor.take();
    }
    round.give(cursor.tail());
    cursor.given();
    return true;
  }

  // All that follows is called by the lane's thread.

  void add(Tail tail) {
    cursors.add(tail);
  }

  void add(Wish wish) {
    wish.reached(cursors.position());
    if (!wish.session.closed()) {
      wish.interest.wishes(number).add(wish);
    }
  }

  void remove(Wish wish) {
    wish.interest.wishes(number).remove(wish);
  }

  private void begin(LiveSession session, boolean resumed) {
    sessions.add(session);
    tell(session, session.receiver()::begun);
    Offsets position = session.behind();
    if (resumed && position != null) {
      synchronized (session) {
        session.replaying(true);
      }
      catchUp.accept(new Replay(session, position, cursors.tails(), catchUp, false));
    } else {
      join(session);
    }
  }

  void remove(LiveSession session) {
    sessions.remove(session);
    load.decrementAndGet();
    metrics.closed();
  }

  void tell(LiveSession session, Consumer<Positions> answer) {
    if (session.closed()) {
      return;
    }
    synchronized (session) {
      answer.accept(cursors.tell(session));
    }
  }

  /** The client takes more: it is told what it missed, or gets what it lacks. */
  void drained(LiveSession session) {
    synchronized (session) {
      if (session.closed()) {
        return;
      }
      if (session.behind() == null) {
        session.tellMissed();
        return;
      }
      if (session.replaying() || !session.receiver().ready()) {
        return;
      }
    }
    join(session);
  }

  /** A replay of the session has stopped, since it did not take more. */
  void paused(LiveSession session) {
    synchronized (session) {
      session.replaying(false);
    }
    drained(session);
  }

  /** A session has come about as far as the lane: it goes on with it, or on by itself. */
  void join(LiveSession session) {
    synchronized (session) {
      Offsets position = session.behind();
      if (session.closed() || position == null) {
        return;
      }
      boolean joined = giveRest(session, position);
      if (joined) {
        session.ahead(position.reachedBy(cursors.position()) ? null : position);
        session.behind(null);
      }
      session.replaying(!joined && session.receiver().ready());
      if (session.replaying()) {
        catchUp.accept(new Replay(session, position, cursors.tails(), catchUp, true));
      }
    }
  }

  private boolean giveRest(LiveSession session, Offsets position) {
    try {
      for (Cursor cursor : cursors.all()) {
        if (!giveRest(session, cursor, position)) {
          return false;
        }
      }
      return true;
    } catch (RuntimeException e) {
      LOG.error("A live session is ended", e);
      session.end(LiveReceiver.Ending.FAILED, "failed in the gateway");
      return true;
    }
  }

  private boolean giveRest(LiveSession session, Cursor cursor, Offsets position) {
    Tail tail = cursor.tail();
    for (int i = 0; i < PIECES_TO_JOIN && position.at(tail) < cursor.next(); i++) {
      Stretch piece = tail.find(position.at(tail));
      if (piece == null || !Replay.give(session, tail, piece, cursor.next(), position)) {
        return false;
      }
    }
    return position.at(tail) >= cursor.next();
  }

  /** All who were to get this from the lane do not; those ahead of it may have it already. */
  void lost(Tail tail, Gap gap) {
    LOG.warn("Live sessions miss events: {}", gap);
    for (LiveSession session : sessions) {
      synchronized (session) {
        Offsets ahead = session.ahead();
        long had = ahead == null ? 0 : ahead.at(tail);
        if (session.behind() == null && !session.closed() && had < gap.last()) {
          session.miss(had < gap.first() ? gap : gap.from(had + 1));
          session.tellMissed();
        }
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
