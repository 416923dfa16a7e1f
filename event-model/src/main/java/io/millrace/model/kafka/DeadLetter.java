package io.millrace.model.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Why an event stopped where it did, and where it stood: written as headers beside the event's own.
 *
 * @param origin what gave up: {@code router}, {@code emitter/} and an emitter's id, or {@code
 *     server-events/} and an application's id
 * @param cause one sentence for a person
 * @param topic Kafka topic that the record was read from
 */
public record DeadLetter(
    String origin, String cause, String topic, int partition, long offset, Instant time) {

  public static final String ORIGIN = "deadletter_origin";
  public static final String CAUSE = "deadletter_cause";
  public static final String TOPIC = "deadletter_topic";
  public static final String PARTITION = "deadletter_partition";
  public static final String OFFSET = "deadletter_offset";
  public static final String TIME = "deadletter_time";

  private static final List<String> NAMES = List.of(ORIGIN, CAUSE, TOPIC, PARTITION, OFFSET, TIME);
  private static final int LONGEST_CAUSE = 1_000;

  /** A longer cause is cut: it may quote an event, and a letter must not grow beyond the broker. */
  public DeadLetter {
    cause = cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) + "…" : cause;
  }

  /**
   * What can be kept of a letter that the broker found too large: all but the value, and if there
   * is none, why and where it stopped. Empty when nothing is left to leave out.
   */
  public static Optional<ProducerRecord<byte[], byte[]>> smaller(
      ProducerRecord<byte[], byte[]> letter) {
    if (letter.value() != null) {
      return Optional.of(bare(letter.topic(), letter.key(), letter.headers()));
    }
    Headers own = new RecordHeaders();
    NAMES.forEach(name -> own.add(letter.headers().lastHeader(name)));
    boolean least = letter.key() == null && letter.headers().toArray().length == NAMES.size();
    return least ? Optional.empty() : Optional.of(bare(letter.topic(), null, own));
  }

  /** The record for the dead-letter topic: key, value and headers as they were, and these. */
  public ProducerRecord<byte[], byte[]> record(
      String deadLetterTopic, byte @Nullable [] key, byte @Nullable [] value, Headers original) {
    return new ProducerRecord<>(deadLetterTopic, null, null, key, value, headers(original));
  }

  /** A copy of the headers with these added. */
  public Headers headers(Headers original) {
    return new RecordHeaders(original)
        .add(ORIGIN, bytes(origin))
        .add(CAUSE, bytes(cause))
        .add(TOPIC, bytes(topic))
        .add(PARTITION, bytes(Integer.toString(partition)))
        .add(OFFSET, bytes(Long.toString(offset)))
        .add(TIME, bytes(time.toString()));
  }

  private static ProducerRecord<byte[], byte[]> bare(
      String topic, byte @Nullable [] key, Headers headers) {
    return new ProducerRecord<>(topic, null, null, key, null, headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
