package io.millrace.server.events.dispatch;

import io.millrace.server.events.RejectedEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events whose order is kept per key, such as those of one partition.
 *
 * <pre>
 *   add ──► strand of the key ──► oldest event on the pool ──► settled, next
 *                 ▲                     │ failed          └──► given up, settled, next
 *                 └──── when it is due ◄┘
 * </pre>
 *
 * A strand is with the pool, waiting, or giving up, and never twice: so it needs no lock of its
 * own, and no thread waits. Safe for use by several threads.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final Dispatcher dispatcher;
  private final RetryPolicy policy;
  private final Tally tally;
  private final Map<Object, Strand> strands = new HashMap<>();
  private int pending;
  private int waiting;
  private int running;
  private boolean stopped;

  Lane(Dispatcher dispatcher, RetryPolicy policy, Tally tally) {
    this.dispatcher = dispatcher;
    this.policy = policy;
    this.tally = tally;
  }

  /**
   * Adds an event behind all others of its key. Does nothing once the lane is stopped.
   *
   * @param key with a fit {@code equals}; null for an event without order
   */
  public void add(@Nullable Object key, Work work) {
    Strand strand;
    synchronized (this) {
      if (stopped) {
        return;
      }
      strand = key == null ? new Strand(null) : strands.computeIfAbsent(key, Strand::new);
      strand.work.addLast(work);
      pending++;
      waiting += strand.waiting ? 1 : 0;
      if (strand.work.size() > 1) {
        return;
      }
    }
    go(strand);
  }

  /** How many events are not settled. */
  public synchronized int pending() {
    return pending;
  }

  /** Begins nothing more. What is being handled, or put away, comes to its end. */
  public synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Waits until nothing is being handled; false if it took too long. Stop the lane first. */
  public synchronized boolean awaitStill(Duration limit) throws InterruptedException {
    return await(() -> running == 0, limit);
  }

  /** Whether nothing is left but what waits for another attempt, and what waits behind it. */
  public synchronized boolean isDrained() {
    return running == 0 && (stopped || ready() == 0);
  }

  /** Waits until all is settled; false if it took too long. */
  public synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
    return await(() -> pending == 0, limit);
  }

  private int ready() {
    return pending - waiting;
  }

  private boolean await(Condition condition, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private interface Condition {
    boolean holds();
  }

  private void go(Strand strand) {
    try {
      dispatcher.run(() -> attempt(strand));
    } catch (RejectedExecutionException e) {
      // The dispatcher was closed: what is left comes again when the application starts again.
      stop();
    }
  }

  private void attempt(Strand strand) {
    Work head = begin(strand);
    if (head == null) {
      return;
    }
    try {
      head.attempt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(strand, head, e);
      return;
    } catch (Throwable e) { // Errors too: an event must not vanish because a class is missing.
      failed(strand, head, e);
      return;
    }
    tally.handled.increment();
    settle(strand, head);
  }

  private synchronized @Nullable Work begin(Strand strand) {
    if (stopped) {
      return null;
    }
    running++;
    return strand.work.getFirst();
  }

  private void failed(Strand strand, Work head, Throwable cause) {
    tally.attemptsFailed.increment();
    strand.failures++;
    if (strand.failures >= policy.attempts() || cause instanceof RejectedEventException) {
      giveUp(strand, head, cause);
    } else {
      later(strand, () -> attempt(strand), policy.waitAfter(strand.failures));
    }
  }

  private void giveUp(Strand strand, Work head, Throwable cause) {
    CompletionStage<Void> away;
    try {
      away = head.giveUp(strand.failures, cause);
    } catch (RuntimeException e) {
      away = CompletableFuture.failedFuture(e);
    }
    var unused =
        away.whenComplete(
            (done, failure) -> {
              if (failure == null) {
                tally.deadLettered.increment();
                settle(strand, head);
              } else {
                Throwable reason =
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                LOG.warn(
                    "An event could not be put among the dead letters ({}); it is tried again",
                    reason.getClass().getName());
                later(strand, () -> giveUpAgain(strand, cause), policy.longest().toMillis());
              }
            });
  }

  private void giveUpAgain(Strand strand, Throwable cause) {
    Work head = begin(strand);
    if (head != null) {
      giveUp(strand, head, cause);
    }
  }

  private void later(Strand strand, Runnable step, long millis) {
    synchronized (this) {
      running--;
      notifyAll();
      if (stopped) {
        return;
      }
      waiting += strand.work.size();
      strand.waiting = true;
    }
    try {
      dispatcher.runLater(
          () -> {
            synchronized (this) {
              waiting -= strand.work.size();
              strand.waiting = false;
            }
            step.run();
          },
          millis);
    } catch (RejectedExecutionException e) {
      stop();
    }
  }

  private void settle(Strand strand, Work head) {
    head.settled();
    boolean more;
    synchronized (this) {
      strand.work.removeFirst();
      strand.failures = 0;
      running--;
      pending--;
      more = !strand.work.isEmpty();
      if (!more && strand.key != null) {
        strands.remove(strand.key);
      }
      notifyAll();
    }
    if (more) {
      go(strand);
    }
  }
}
