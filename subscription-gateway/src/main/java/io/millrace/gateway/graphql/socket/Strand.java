package io.millrace.gateway.graphql.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs pieces of work one after the other, in their order, on threads of an executor. No lock is
 * held while they run, so they may call whom they like; a piece given by another piece runs after
 * it.
 */
final class Strand implements Executor {

  private static final int AT_A_STRETCH = 64;

  private final Executor executor;
  private final Consumer<Throwable> failures;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Tells of pieces that throw; the next ones run all the same. */
  Strand(Executor executor, Consumer<Throwable> failures) {
    this.executor = executor;
    this.failures = failures;
  }

  @Override
  public void execute(Runnable piece) {
    work.add(piece);
    if (waiting.getAndIncrement() == 0) {
      go();
    }
  }

  private void go() {
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      run(); // The gateway is being stopped, and what is left lets go of things.
    }
  }

  private void run() {
    int done = 0;
    do {
      if (done++ == AT_A_STRETCH) {
        go(); // Others have their turn.
        return;
      }
      Runnable piece = work.poll();
      if (piece != null) {
        try {
          piece.run();
        } catch (RuntimeException | Error e) { // Else no later piece would run, not even the last.
          failures.accept(e);
        }
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
