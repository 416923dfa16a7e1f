package io.millrace.emitter.kafka;

import io.millrace.emitter.lane.Outcome;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What an error of Kafka's producer says about the record that was sent.
 *
 * <table>
 *   <caption>Errors</caption>
 *   <tr><td>record too large, record that the topic does not take (no key in a compacted
 *       topic)</td><td>rejected: this event</td></tr>
 *   <tr><td>authentication, authorization, unknown or invalid topic</td><td>refused: the cluster
 *       takes nothing as the emitter is configured</td></tr>
 *   <tr><td>everything else: time-outs, a full buffer, lost connections</td><td>retry</td></tr>
 * </table>
 */
final class ErrorPolicy {

  private ErrorPolicy() {}

  /** While metadata are waited for, the reason stands behind the time-out. */
  static Outcome outcome(String topic, Exception error) {
    if (error instanceof TimeoutException && error.getCause() instanceof ApiException reason) {
      Outcome outcome = told(topic, reason);
      return outcome instanceof Outcome.Retry ? told(topic, error) : outcome;
    }
    return told(topic, error);
  }

  private static Outcome told(String topic, Exception error) {
    if (error instanceof RecordTooLargeException || error instanceof RecordBatchTooLargeException) {
      return Outcome.rejected("the record is larger than the topic " + topic + " takes");
    }
    if (error instanceof InvalidRecordException) {
      return Outcome.rejected("the topic " + topic + " does not take the record: " + text(error));
    }
    if (error instanceof UnknownTopicOrPartitionException) {
      return refused("the topic " + topic + " does not exist on these brokers");
    }
    if (error instanceof InvalidTopicException) {
      return refused("the brokers do not take " + topic + " for a topic's name");
    }
    if (error instanceof AuthenticationException) {
      return refused("the brokers refuse the identity: " + text(error));
    }
    if (error instanceof AuthorizationException) {
      return refused("the identity must not write to the topic " + topic + ": " + text(error));
    }
    return Outcome.retry(error.getClass().getSimpleName() + ": " + text(error));
  }

  /** Whether the producer will never send again; some of its errors stay with it. */
  static boolean isLasting(Exception error) {
    boolean passes = error instanceof RetriableException || !isRetried(error);
    return error instanceof AuthenticationException || !passes;
  }

  private static boolean isRetried(Exception error) {
    return outcome("", error) instanceof Outcome.Retry;
  }

  private static Outcome refused(String cause) {
    return new Outcome.Refused(cause, null);
  }

  private static String text(Exception error) {
    // A producer that cannot be made hides why in the cause.
    Throwable told =
        error.getClass() == KafkaException.class && error.getCause() != null
            ? error.getCause()
            : error;
    return String.valueOf(told.getMessage());
  }
}
