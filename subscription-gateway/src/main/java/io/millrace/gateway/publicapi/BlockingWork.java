package io.millrace.gateway.publicapi;

import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads for what has to wait, so that no thread that serves requests does. */
public final class BlockingWork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BlockingWork.class);

  private final ThreadPoolExecutor threads;

  /**
   * Starts no thread yet.
   *
   * @param name of the threads
   * @param most threads at a time
   * @param waiting most pieces of work that wait for one of them
   */
  public BlockingWork(String name, int most, int waiting) {
    threads =
        new ThreadPoolExecutor(
            most,
            most,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does it when a thread is free. The stage fails with {@link HttpProblem}: with the work's own,
   * or as unavailable when Kafka does not answer or too much is waiting already.
   */
  public <T> CompletionStage<T> run(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      threads.execute(() -> run(work, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(unavailable("came while too many others wait"));
    }
    return result;
  }

  private static <T> void run(Callable<T> work, CompletableFuture<T> result) {
    try {
      result.complete(work.call());
    } catch (KafkaException e) {
      result.completeExceptionally(meaning(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.completeExceptionally(unavailable("came while the gateway stops"));
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private static HttpProblem meaning(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException) {
        return HttpProblem.of(Trouble.TOO_LARGE, "body", "is larger than Kafka takes");
      }
    }
    LOG.warn("Kafka did not do what the public API needed", e);
    return unavailable("needs Kafka, which does not answer as it should");
  }

  private static HttpProblem unavailable(String reason) {
    return HttpProblem.of(Trouble.UNAVAILABLE, "request", reason).with("Retry-After", "1");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
