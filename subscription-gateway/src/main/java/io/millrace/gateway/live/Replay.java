package io.millrace.gateway.live;

import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a session that is behind what it lacks, until it takes no more or has come to the newest
 * end of all partitions; then its lane decides how it goes on.
 */
final class Replay implements CatchUp.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final long RETRY_MILLIS = 1_000;

  // Then it is the turn of others.
  private static final int PIECES_AT_A_TIME = 16;

  private final LiveSession session;
  private final Offsets position;
  private final List<Tail> tails;
  private final Consumer<CatchUp.Work> catchUp;
  private boolean checked;

  /**
   * Gives what follows a position, which moves meanwhile under the session's lock.
   *
   * @param checked whether the position is known to be one of these logs
   */
  Replay(
      LiveSession session,
      Offsets position,
      List<Tail> tails,
      Consumer<CatchUp.Work> catchUp,
      boolean checked) {
    this.session = session;
    this.position = position;
    this.tails = List.copyOf(tails);
    this.catchUp = catchUp;
    this.checked = checked;
  }

  @Override
  public void work(PastReader reader) {
    try {
      check(reader);
      for (int i = 0; i < PIECES_AT_A_TIME && !session.closed(); i++) {
        Tail tail = unfinished();
        if (tail == null) {
          session.lane().execute(() -> session.lane().join(session));
          return;
        }
        if (!give(session, tail, piece(tail, reader), Long.MAX_VALUE, position)) {
          session.lane().execute(() -> session.lane().paused(session));
          return;
        }
      }
      if (!session.closed()) {
        catchUp.accept(this);
      }
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("The past of a stream could not be read, trying again: {}", e.toString());
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
          .execute(() -> catchUp.accept(this));
    } catch (RuntimeException e) {
      LOG.error("A live session cannot go on", e);
      session.end(LiveReceiver.Ending.FAILED, "failed in the gateway");
    }
  }

  /** A position behind the end of its log is one of a log that was there before. */
  private void check(PastReader reader) {
    if (checked) {
      return;
    }
    for (Tail tail : tails) {
      long next = next(tail);
      if (next > tail.position() && next > reader.end(tail.partition())) {
        long start = reader.beginning(tail.partition());
        miss(new Gap(tail.place(), 0, start, -1, Gap.Reason.REPLACED), tail, start);
      }
    }
    checked = true;
  }

  private @Nullable Tail unfinished() {
    for (Tail tail : tails) {
      if (next(tail) < tail.position()) {
        return tail;
      }
    }
    return null;
  }

  private long next(Tail tail) {
    synchronized (session) {
      return position.at(tail);
    }
  }

  private Stretch piece(Tail tail, PastReader reader) {
    long next = next(tail);
    Stretch kept = tail.find(next);
    if (kept != null) {
      return kept;
    }
    try {
      return tail.read(reader, next);
    } catch (OffsetOutOfRangeException e) {
      long start = reader.beginning(tail.partition());
      if (start <= next) {
        throw e;
      }
      miss(new Gap(tail.place(), next + 1, start, -1, Gap.Reason.GONE), tail, start);
      return tail.read(reader, start);
    }
  }

  private void miss(Gap gap, Tail tail, long goOn) {
    synchronized (session) {
      session.miss(gap);
      session.tellMissed();
      position.set(tail, goOn);
    }
  }

  /**
   * Gives a session what it wants of a piece.
   *
   * @param before offset up to which
   * @param position of the session, moves with what was given
   * @return false if it did not take something
   */
  static boolean give(
      LiveSession session, Tail tail, Stretch piece, long before, Offsets position) {
    List<LiveEvent> events = piece.events();
    for (int i = piece.indexOf(position.at(tail)); i < events.size(); i++) {
      LiveEvent event = events.get(i);
      if (event.offset() >= before) {
        break;
      }
      boolean wanted = session.wants(tail, event);
      synchronized (session) {
        if (wanted && !session.closed() && session.admitted(event)) {
          session.tellMissed();
          if (!session.receiver().ready()) {
            position.set(tail, event.offset());
            session.receiver().flush();
            return false;
          }
          session.receiver().event(event, true);
        }
        position.set(tail, event.id());
      }
    }
    synchronized (session) {
      position.set(tail, Math.min(before, piece.to()));
      session.receiver().flush();
    }
    return true;
  }
}
