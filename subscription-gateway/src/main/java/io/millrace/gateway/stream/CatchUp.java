package io.millrace.gateway.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads, each with a {@link LogReader} of its own, that read the past of streams. What
 * waits is at most one piece of work a session and one a stream.
 */
public final class CatchUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  private static final long CLOSE_MILLIS = 2_000;

  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Supplier<LogReader> readers;
  private final List<LogReader> open = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Something short that reads a log. */
  @FunctionalInterface
  public interface Work {
    void work(PastReader reader);
  }

  /**
   * Threads that are not started yet.
   *
   * @param name what the threads' names begin with
   */
  public CatchUp(String name, int size, Supplier<LogReader> readers) {
    this.readers = readers;
    for (int i = 0; i < size; i++) {
      Thread thread = new Thread(this::run, name + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  public void submit(Work work) {
    waiting.add(work);
  }

  private void run() {
    try {
      // Before the first work a thread needs no connection.
      Work first = waiting.take();
      if (closed) {
        return;
      }
      try (LogReader reader = readers.get()) {
        open.add(reader);
        attempt(first, reader);
        while (!closed) {
          attempt(waiting.take(), reader);
        }
      }
    } catch (WakeupException e) {
      LOG.debug("No stream is read any more", e);
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Work work, LogReader reader) {
    try {
      work.work(reader);
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("Reading the past of a stream failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.clear();
    threads.forEach(thread -> waiting.add(reader -> {}));
    open.forEach(LogReader::wake);
    for (Thread thread : threads) {
      try {
        thread.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
