package io.millrace.emitter.kafka;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.payload.Overrides;
import io.millrace.emitter.payload.PlainText;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.EvaluationFailedException;
import io.millrace.filter.feel.EventExpression;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.PayloadMode;
import io.millrace.model.event.EventRecords;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Lays out events as an emitter's records. Source: CloudEvents Kafka protocol binding 1.0. Safe for
 * use by several threads.
 */
final class KafkaRecords {

  /** Stays the same over retries and restarts, so that a reader can tell what it has seen. */
  static final String IDEMPOTENCY_KEY = "idempotency-key";

  private static final String CONTENT_TYPE = "content-type";

  private final KafkaParameters parameters;
  private final @Nullable EventExpression key;

  /**
   * For an emitter.
   *
   * @param key absent leaves each event its own key
   */
  KafkaRecords(KafkaParameters parameters, @Nullable EventExpression key) {
    this.parameters = parameters;
    this.key = key;
  }

  /**
   * The record of an event.
   *
   * @throws InvalidDataException if the data cannot be part of a structured document
   * @throws EvaluationFailedException if the event has no key
   * @throws NoKeyException if its key is none that a record can have
   */
  ProducerRecord<byte[], byte[]> record(Emission emission)
      throws InvalidDataException, EvaluationFailedException, NoKeyException {
    CloudEvent event = Overrides.apply(parameters.overrides(), emission.event());
    Headers headers;
    byte @Nullable [] value;
    if (parameters.mode() == PayloadMode.STRUCTURED) {
      headers = new RecordHeaders();
      headers.add(CONTENT_TYPE, bytes(EventJson.contentType()));
      value = EventJson.document(event, parameters.prettyPrint());
    } else {
      headers =
          KafkaMessageFactory.createWriter(parameters.topic(), null, null, (Object) null)
              .writeBinary(event)
              .headers();
      value = event.getData() == null ? null : EventJson.data(event, parameters.prettyPrint());
    }
    headers.add(IDEMPOTENCY_KEY, bytes(emission.idempotencyKey()));
    return new ProducerRecord<>(
        parameters.topic(), null, null, key(emission.event()), value, headers);
  }

  private byte @Nullable [] key(CloudEvent event) throws EvaluationFailedException, NoKeyException {
    if (key == null) {
      return EventRecords.key(event);
    }
    Object value = key.evaluate(new EventView(event));
    if (value == null) {
      return null;
    }
    Optional<String> text = PlainText.of(value);
    return bytes(text.orElseThrow(NoKeyException::new));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The key expression's value is a list or a context. */
  static final class NoKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    NoKeyException() {
      super("keyExpression gives a list or a context, and no key", null, false, false);
    }
  }
}
