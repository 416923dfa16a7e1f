package io.millrace.server.events.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that handle events, shared by all lanes. How much waits for them is bounded by
 * whoever fills the lanes. Safe for use by several threads.
 */
public final class Dispatcher implements AutoCloseable {

  private final RetryPolicy policy;
  private final Tally tally;
  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Starts no thread yet.
   *
   * @param threads at most
   * @param name that the threads' names begin with
   */
  public Dispatcher(int threads, RetryPolicy policy, Tally tally, String name) {
    this.policy = policy;
    this.tally = tally;
    this.pool =
        new ThreadPoolExecutor(
            threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    this.pool.allowCoreThreadTimeOut(true);
    this.timer = new ScheduledThreadPoolExecutor(1, named(name + "-retries"));
    this.timer.setRemoveOnCancelPolicy(true);
  }

  /** A lane of its own order: of its events, those with the same key follow each other. */
  public Lane lane() {
    return new Lane(this, policy, tally);
  }

  void run(Runnable step) {
    pool.execute(step);
  }

  void runLater(Runnable step, long millis) {
    var unused = timer.schedule(() -> pool.execute(step), millis, TimeUnit.MILLISECONDS);
  }

  /** Ends the threads when they are done with what they do now; what waits is forgotten. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.getQueue().clear();
    pool.shutdown();
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
