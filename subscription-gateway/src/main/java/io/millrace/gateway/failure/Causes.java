package io.millrace.gateway.failure;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What has gone wrong, without what stages and futures wrap it in. */
public final class Causes {

  private Causes() {}

  /** The failure itself. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
            && (failure instanceof CompletionException || failure instanceof ExecutionException)
        ? of(cause)
        : failure;
  }

  /** The same failure, as a stage may throw it. */
  public static CompletionException wrapped(Throwable failure) {
    return failure instanceof CompletionException already
        ? already
        : new CompletionException(failure);
  }
}
