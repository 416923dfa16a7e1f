package io.millrace.gateway.live;

import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a lane is in one partition. Belongs to the lane's thread. */
final class Cursor {

  private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);
  private static final long RETRY_MILLIS = 1_000;

  private final Tail tail;
  private long next;
  private long taken;
  private @Nullable Stretch stretch;
  private int index;
  private final List<Stretch> left = new ArrayList<>();
  private boolean fetching;

  /** Where the tail begins. */
  Cursor(Tail tail) {
    this.tail = tail;
    this.next = tail.first();
    this.taken = next;
  }

  Tail tail() {
    return tail;
  }

  /** Everything before this offset was given. */
  long next() {
    return next;
  }

  /**
   * Finds what comes next, if there is something; what is not kept in memory is had fetched.
   *
   * @return whether it is here
   */
  boolean find(Consumer<CatchUp.Work> catchUp, Lane lane) {
    if (stretch != null) {
      return true;
    }
    if (fetching || next >= tail.position()) {
      return false;
    }
    Stretch kept = tail.find(next);
    if (kept == null) {
      fetching = true;
      long from = next;
      catchUp.accept(reader -> fetch(reader, from, lane));
      return false;
    }
    enter(kept);
    return true;
  }

  private void enter(Stretch found) {
    stretch = found;
    index = found.indexOf(taken);
  }

  private void fetch(PastReader reader, long from, Lane lane) {
    try {
      Stretch found = tail.read(reader, from);
      lane.execute(() -> fetched(found));
    } catch (OffsetOutOfRangeException e) {
      long start = reader.beginning(tail.partition());
      lane.execute(() -> gone(start, lane));
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("{} could not be read, trying again", tail.place(), e);
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
          .execute(() -> lane.execute(() -> fetching = false));
    }
  }

  private void fetched(Stretch found) {
    fetching = false;
    enter(found);
  }

  private void gone(long start, Lane lane) {
    fetching = false;
    if (start > next) {
      lane.lost(tail, new Gap(tail.place(), next + 1, start, -1, Gap.Reason.GONE));
      next = start;
      taken = start;
    }
  }

  /** Takes the event that is to be given next; null if there is none in memory. */
  @Nullable LiveEvent take() {
    for (Stretch here = here(); here != null; here = here()) {
      if (index < here.events().size()) {
        return here.events().get(index++);
      }
      taken = here.to();
      left.add(here);
      stretch = null;
    }
    return null;
  }

  private @Nullable Stretch here() {
    if (stretch == null && taken < tail.position()) {
      Stretch kept = tail.find(taken);
      if (kept != null) {
        enter(kept);
      }
    }
    return stretch;
  }

  /** All that was taken was given. */
  void given() {
    if (stretch != null) {
      taken = index < stretch.events().size() ? stretch.events().get(index).offset() : stretch.to();
    }
    next = taken;
    left.forEach(Stretch::passed);
    left.clear();
  }
}
