package io.millrace.gateway.subscription;

import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong on the way, as clients of this package are told. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Failures() {}

  /**
   * The same stage, completed on an executor, failing with {@link SubscriptionException}, and at
   * the latest after a minute.
   *
   * @param tooLate takes the value that came after that
   */
  static <T> CompletionStage<T> told(
      CompletionStage<T> stage, Executor executor, Consumer<T> tooLate) {
    CompletableFuture<T> inTime = new CompletableFuture<>();
    CompletableFuture<T> result = new CompletableFuture<>();
    var unused =
        inTime
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    result.complete(value);
                  } else {
                    result.completeExceptionally(told(failure));
                  }
                });
    stage.whenCompleteAsync(
        (value, failure) -> {
          if (failure != null) {
            inTime.completeExceptionally(Causes.of(failure));
          } else if (!inTime.complete(value)) {
            tooLate.accept(value);
          }
        },
        executor);
    return result;
  }

  private static Throwable told(Throwable failure) {
    if (failure instanceof KafkaException || failure instanceof TimeoutException) {
      // Kafka's own words name brokers and topics.
      LOG.warn("Kafka did not do what a subscription needs", failure);
      return new SubscriptionException(
          Reason.UNAVAILABLE, "Kafka did not answer in time; try again.", failure);
    }
    return failure;
  }
}
