package io.millrace.gateway.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that many ask at once: who asks while an answer is under way shares the next one, so
 * that each gets an answer to a question put after theirs. Safe for use by several threads.
 */
final class SharedQuestion<T> {

  private final Supplier<CompletionStage<T>> question;
  private boolean asking;
  private @Nullable CompletableFuture<T> next;

  SharedQuestion(Supplier<CompletionStage<T>> question) {
    this.question = question;
  }

  CompletableFuture<T> ask() {
    CompletableFuture<T> answer;
    synchronized (this) {
      if (asking) {
        next = next == null ? new CompletableFuture<>() : next;
        return next;
      }
      asking = true;
      answer = new CompletableFuture<>();
    }
    put(answer);
    return answer;
  }

  private void put(CompletableFuture<T> answer) {
    asked()
        .whenComplete(
            (value, failure) -> {
              goOn();
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  private CompletionStage<T> asked() {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void goOn() {
    CompletableFuture<T> answer;
    synchronized (this) {
      answer = next;
      next = null;
      asking = answer != null;
    }
    if (answer != null) {
      put(answer);
    }
  }
}
