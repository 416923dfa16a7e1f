package io.millrace.source.acronis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the subscription's offset with the Event Manager, after Kafka has what is before it. What
 * fails is tried again with the next offset; the source itself goes by what Connect remembers.
 */
final class UpstreamCommits implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamCommits.class);
  private static final long NOTHING = -1;
  private static final long PATIENCE_MILLIS = 1_500;

  private final EventManager manager;
  private final String subscription;
  private final AtomicLong reached = new AtomicLong(NOTHING);
  private final ScheduledExecutorService thread;
  // Only of the thread.
  private long stored = NOTHING;
  private boolean failing;

  UpstreamCommits(EventManager manager, String subscription, Duration interval) {
    this.manager = manager;
    this.subscription = subscription;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread worker = new Thread(work, "millrace-acronis-commit");
              worker.setDaemon(true);
              return worker;
            });
    var unused =
        thread.scheduleWithFixedDelay(
            this::store, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Kafka has everything up to this offset; does not wait. */
  void reached(long offset) {
    reached.set(offset);
  }

  /** Stores what is left, if that is quick. */
  @Override
  public void close() {
    thread.execute(this::store);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void store() {
    long offset = reached.get();
    if (offset == stored) {
      return;
    }
    try {
      manager.store(subscription, offset);
      stored = offset;
      failing = false;
    } catch (IOException | ConnectException e) {
      if (!failing) {
        LOG.warn("{}; it is tried again", e.getMessage());
      }
      failing = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
