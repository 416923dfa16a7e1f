package io.millrace.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time, and waits for all of them. */
final class AtOnce {

  /** One of the things to do. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  private AtOnce() {}

  /**
   * Returns when all are done, so that each has had the chance to tell what it started.
   *
   * @throws RuntimeException the first failure, in the order of the steps
   */
  static void run(Step... steps) throws InterruptedException {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (Step step : steps) {
      calls.add(
          () -> {
            step.run();
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(steps.length);
    try {
      for (Future<Boolean> done : threads.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
