package io.millrace.source.mmm;

import io.millrace.source.config.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells MMM what Kafka has: the highest event at a time, on a thread of its own, since Kafka's may
 * not wait. What fails and passes is tried again with whatever is the highest by then.
 */
final class Acknowledger implements AutoCloseable {

  /** Tells MMM that it need not keep an event and all before it. */
  @FunctionalInterface
  interface Call {

    /**
     * Tells it.
     *
     * @throws IOException if that fails in a way that passes
     * @throws ConnectException if a person has to do something
     */
    void acknowledge(long id) throws IOException, InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Acknowledger.class);
  private static final long PARTING_MILLIS = 1_000;

  private final Call call;
  private final int most;
  private final Duration interval;
  private final Backoff backoff;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by the lock.
  private long inKafka;
  private long told;
  private int untold;
  private boolean closing;
  private @Nullable ConnectException failure;

  /**
   * Not yet started.
   *
   * @param inKafka the last event that Kafka has; 0 if there is none, or it is not known
   * @param most tells it once Kafka has so many more,
   * @param interval or so long after Kafka has one more
   */
  Acknowledger(
      Call call, long inKafka, int most, Duration interval, Backoff backoff, String threadName) {
    this.call = call;
    this.inKafka = inKafka;
    this.told = inKafka;
    this.most = most;
    this.interval = interval;
    this.backoff = backoff;
    thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
    thread.setContextClassLoader(Acknowledger.class.getClassLoader());
  }

  /** Begins, once; more often does nothing. */
  void start() {
    lock.lock();
    try {
      if (thread.getState() == Thread.State.NEW && !closing) {
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Kafka has this event and all before it, some more than at the last time; never waits. */
  void reached(long id, int events) {
    lock.lock();
    try {
      inKafka = Math.max(inKafka, id);
      untold += events;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The last event that Kafka has; 0 if there is none. */
  long inKafka() {
    lock.lock();
    try {
      return inKafka;
    } finally {
      lock.unlock();
    }
  }

  /** MMM has sent this event again: if Kafka has it, MMM does not know, and is told again. */
  void cameAgain(long id) {
    lock.lock();
    try {
      if (id <= told) {
        told = id - 1;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Throws what a person has to do something about.
   *
   * @throws ConnectException with a sentence
   */
  void check() {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells what is still untold, in a second at most. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(PARTING_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    int failures = 0;
    try {
      for (long id = due(); id > 0; id = due()) {
        try {
          call.acknowledge(id);
          done(id);
          failures = 0;
        } catch (IOException e) {
          failures++;
          if (failures == 1) {
            LOG.warn("{}; the acknowledgement is sent again", e.getMessage());
          }
          if (isClosingAfter(backoff.after(failures))) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new ConnectException("Acknowledging has failed: " + e, e));
    }
  }

  /** Waits until it is time to tell something: its id, or 0 if there will be nothing any more. */
  private long due() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inKafka <= told && !closing) {
        changed.await();
      }
      long left = interval.toNanos();
      while (inKafka > told && untold < most && left > 0 && !closing) {
        left = changed.awaitNanos(left);
      }
      untold = 0;
      return inKafka > told ? inKafka : 0;
    } finally {
      lock.unlock();
    }
  }

  private void done(long id) {
    lock.lock();
    try {
      told = Math.max(told, id);
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosingAfter(Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = wait.toNanos();
      while (!closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void fail(ConnectException cause) {
    lock.lock();
    try {
      failure = cause;
    } finally {
      lock.unlock();
    }
  }
}
