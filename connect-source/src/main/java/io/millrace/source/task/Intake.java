package io.millrace.source.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader puts what comes in, until Connect takes it: in order, and bounded. A reader that
 * pulls waits for room by {@link #put}. One that is pushed to by a socket calls {@link #add}, which
 * never waits, and asks the socket for nothing more until {@link #whenRoom} calls back.
 *
 * <p>Safe for use by several threads.
 */
public final class Intake {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final int maxEvents;
  private final long maxBytes;
  private final Tally tally;
  // All guarded by the lock.
  private int events;
  private long bytes;
  private long progress;
  private @Nullable RuntimeException failure;

  Intake(int maxEvents, long maxBytes, Tally tally) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.tally = tally;
  }

  /** Takes a batch as soon as there is room; a batch of any size is taken when there is any. */
  public void put(Batch batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (isFull()) {
        changed.await();
      }
      append(batch);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a batch in any case.
   *
   * @return whether there is room for more; if not, what more comes should be held back
   */
  public boolean add(Batch batch) {
    lock.lock();
    try {
      append(batch);
      return !isFull();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs once there is room: at once if there is, else on Connect's thread, so it must not wait.
   */
  public void whenRoom(Runnable resume) {
    lock.lock();
    try {
      if (isFull()) {
        waiting.add(resume);
        return;
      }
    } finally {
      lock.unlock();
    }
    resume.run();
  }

  /**
   * The vendor has answered as it should: the next failure is a first one again. To be called where
   * a connection is made or an answer has come without events; putting a batch says so too.
   */
  public void connected() {
    tally.connected(true);
    lock.lock();
    try {
      progress++;
    } finally {
      lock.unlock();
    }
  }

  /** How often the vendor has answered as it should. */
  long progress() {
    lock.lock();
    try {
      return progress;
    } finally {
      lock.unlock();
    }
  }

  int events() {
    lock.lock();
    try {
      return events;
    } finally {
      lock.unlock();
    }
  }

  /** The reader has ended for good: taking tells it, after what came before. */
  void fail(RuntimeException cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whole batches up to about so many events, at least one batch unless there is none in time.
   *
   * @throws RuntimeException what the reader has failed with, once everything is taken
   */
  List<Batch> take(int most, long waitMillis) throws InterruptedException {
    List<Batch> taken = new ArrayList<>();
    List<Runnable> resumed = List.of();
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (batches.isEmpty() && failure == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (batches.isEmpty() && failure != null) {
        throw failure;
      }
      for (int count = 0; count < most && !batches.isEmpty(); ) {
        Batch batch = batches.remove();
        taken.add(batch);
        events -= batch.events().size();
        bytes -= batch.bytes();
        count += batch.events().size();
      }
      if (!isFull()) {
        resumed = List.copyOf(waiting);
        waiting.clear();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    resumed.forEach(Runnable::run);
    return taken;
  }

  private void append(Batch batch) {
    batches.add(batch);
    events += batch.events().size();
    bytes += batch.bytes();
    progress++;
    tally.received(batch.events().size());
    changed.signalAll();
  }

  private boolean isFull() {
    return events >= maxEvents || bytes >= maxBytes;
  }
}
