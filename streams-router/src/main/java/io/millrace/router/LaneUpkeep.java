package io.millrace.router;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries waiting emitters every second and looks for deleted topics now and then, on one thread. */
final class LaneUpkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LaneUpkeep.class);
  private static final long RETRY_MS = 1_000;
  private static final int RETRIES_PER_LOOK = 10;

  private final Lanes lanes;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  LaneUpkeep(Lanes lanes) {
    this.lanes = lanes;
    this.thread = new Thread(this::run, "millrace-router-lanes");
    this.thread.setDaemon(true);
  }

  LaneUpkeep start() {
    thread.start();
    return this;
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      for (int round = 1; !closing.await(RETRY_MS, TimeUnit.MILLISECONDS); round++) {
        work(round % RETRIES_PER_LOOK == 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(boolean look) {
    try {
      lanes.retryWaiting();
      if (look) {
        lanes.recreateMissing();
      }
    } catch (RuntimeException e) {
      LOG.error("The emitters' topics could not be kept up", e);
    }
  }
}
