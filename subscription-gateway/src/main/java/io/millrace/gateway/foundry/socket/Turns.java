package io.millrace.gateway.foundry.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Pieces of work that take a while without holding a thread, one after the other in the order of
 * the calls. Safe for use by several threads.
 */
final class Turns {

  private final Consumer<Throwable> failures;
  private CompletionStage<Void> last = CompletableFuture.completedFuture(null);

  /** Tells of pieces that fail; the next ones have their turn all the same. */
  Turns(Consumer<Throwable> failures) {
    this.failures = failures;
  }

  /** Begins the work when it is its turn; completes when it is done, and never fails. */
  CompletionStage<Void> take(Supplier<CompletionStage<Void>> work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletionStage<Void> before;
    synchronized (this) {
      before = last;
      last = done;
    }
    var unused =
        before
            .thenCompose(nothing -> work.get())
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    failures.accept(failure);
                  }
                  done.complete(null);
                });
    return done;
  }
}
