package io.millrace.gateway.subscription;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A poll that was begun. Safe for use by several threads. */
public final class PendingPoll {

  private final CompletableFuture<PolledEvents> answer = new CompletableFuture<>();

  /** Completes when there are events or it is time; fails with {@link SubscriptionException}. */
  public CompletionStage<PolledEvents> answer() {
    return answer.minimalCompletionStage();
  }

  /** The client is gone: the poll ends at once, and what it holds is let go. */
  public void cancel() {
    answer.completeExceptionally(new CancellationException("the client is gone"));
  }

  CompletableFuture<PolledEvents> future() {
    return answer;
  }
}
