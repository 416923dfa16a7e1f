package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;

/** What goes wrong on the way, as clients of this package are told. */
final class Failures {

  private Failures() {}

  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
            && (failure instanceof CompletionException || failure instanceof ExecutionException)
        ? cause(cause)
        : failure;
  }

  /** The same stage, completed on an executor, and failing with {@link SubscriptionException}. */
  static <T> CompletionStage<T> told(CompletionStage<T> stage, Executor executor) {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenCompleteAsync(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(told(cause(failure)));
          }
        },
        executor);
    return result;
  }

  private static Throwable told(Throwable failure) {
    return failure instanceof KafkaException
        ? new SubscriptionException(
            Reason.UNAVAILABLE, "Kafka did not answer in time: " + failure.getMessage(), failure)
        : failure;
  }
}
