package io.millrace.router;

import io.millrace.model.kafka.DeadLetter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record that the producer gave up on. Kafka Streams makes it, by its
 * class, and hands the settings to {@link #configure}.
 *
 * <ul>
 *   <li>The emitter was removed meanwhile, so that its topic may be gone: the record is given up.
 *   <li>The broker refuses this very record: it goes to the dead letters. If it is too large for
 *       them too, what fits of it does: a large record must not stop the router for ever.
 *   <li>The broker is slow or away, or the topic of an emitter that is defined was deleted and will
 *       be created again: everything since the last commit is routed again.
 *   <li>Anything else stops the thread, see {@link ThreadReplacement}.
 * </ul>
 */
public final class UndeliveredHandler implements ProductionExceptionHandler {

  static final String CONTEXT = "millrace.router.undelivered";

  private static final Logger LOG = LoggerFactory.getLogger(UndeliveredHandler.class);
  private static final String ORIGIN = "router";
  private static final int UNKNOWN = -1;

  private @Nullable Context context;

  /** What the handler has to know. */
  record Context(Lanes lanes, String deadLetters, RouterMetrics metrics, Clock clock) {}

  @Override
  public void configure(Map<String, ?> settings) {
    context = (Context) settings.get(CONTEXT);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext place, ProducerRecord<byte[], byte[]> record, Exception failure) {
    Context known = Objects.requireNonNull(context, "configured by Kafka Streams");
    String topic = record.topic();
    boolean deadLetter = topic.equals(known.deadLetters);
    if (!deadLetter && !known.lanes.isActive(topic)) {
      known.metrics.abandoned.increment();
      LOG.info("An event for {} is given up, its emitter was removed", topic);
      return Response.resume();
    }
    if (deadLetter && isTooLarge(failure)) {
      return DeadLetter.smaller(record)
          .map(smaller -> Response.resume(List.of(smaller)))
          .orElseGet(Response::fail);
    }
    if (!deadLetter && (isTooLarge(failure) || failure instanceof InvalidTimestampException)) {
      known.metrics.deadLettered.increment();
      return Response.resume(List.of(letter(known, record, failure)));
    }
    return failure instanceof RetriableException ? Response.retry() : Response.fail();
  }

  private static boolean isTooLarge(Exception failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException;
  }

  /**
   * Without the body if that is too large, since the dead letters would refuse it too. The place in
   * the stream is not known: when the producer gives up, Streams is at some later record.
   */
  private static ProducerRecord<byte[], byte[]> letter(
      Context known, ProducerRecord<byte[], byte[]> record, Exception failure) {
    var letter =
        new DeadLetter(
            ORIGIN,
            "refused by the broker for " + record.topic() + ": " + failure.getMessage(),
            record.topic(),
            UNKNOWN,
            UNKNOWN,
            known.clock.instant());
    byte[] value = failure instanceof InvalidTimestampException ? record.value() : null;
    return letter.record(known.deadLetters, record.key(), value, record.headers());
  }
}
