package io.millrace.gateway.foundry.socket;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work on one thing after the other, each begun when the one before is done, up to the first that
 * fails. There may be thousands, so they do not lie on top of each other on a stack.
 */
final class Sequence<T> {

  private final Iterator<T> things;
  private final Function<T, CompletionStage<Void>> work;
  private final BooleanSupplier over;
  private final Executor executor;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Sequence(
      Iterator<T> things,
      Function<T, CompletionStage<Void>> work,
      BooleanSupplier over,
      Executor executor) {
    this.things = things;
    this.work = work;
    this.over = over;
    this.executor = executor;
  }

  /**
   * Begins.
   *
   * @param over whether the rest is to be left
   * @param executor goes on where something took a while
   * @return completes after the last, or fails as the first that does
   */
  static <T> CompletionStage<Void> of(
      Iterator<T> things,
      Function<T, CompletionStage<Void>> work,
      BooleanSupplier over,
      Executor executor) {
    Sequence<T> sequence = new Sequence<>(things, work, over, executor);
    sequence.goOn();
    return sequence.done;
  }

  private void goOn() {
    while (things.hasNext() && !over.getAsBoolean()) {
      CompletableFuture<Void> one = work.apply(things.next()).toCompletableFuture();
      if (!one.isDone()) {
        var unused = one.whenCompleteAsync((nothing, failure) -> goOnAfter(failure), executor);
        return;
      }
      if (one.isCompletedExceptionally()) {
        var unused = one.whenComplete((nothing, failure) -> goOnAfter(failure));
        return;
      }
    }
    done.complete(null);
  }

  private void goOnAfter(@Nullable Throwable failure) {
    if (failure == null) {
      goOn();
    } else {
      done.completeExceptionally(failure);
    }
  }
}
