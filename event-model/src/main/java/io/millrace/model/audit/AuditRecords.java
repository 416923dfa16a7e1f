package io.millrace.model.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Entries as Kafka records: the event is the value, the entry's time the record's timestamp, the
 * rest is in headers. Safe for use by several threads.
 */
public final class AuditRecords {

  private static final String SEQUENCE = "sequence";
  private static final String PREVIOUS = "previous";
  private static final String HASH = "hash";
  private static final String SOURCE_TOPIC = "source-topic-id";
  private static final String SOURCE_OFFSET = "source-offset";

  private AuditRecords() {}

  /** The record of an entry, for the log's only partition. */
  public static ProducerRecord<byte[], byte[]> write(
      String log, AuditEntry entry, AuditSource source) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(log, 0, entry.time().toEpochMilli(), null, entry.event());
    Headers headers = record.headers();
    put(headers, SEQUENCE, Long.toString(entry.sequence()));
    put(headers, PREVIOUS, entry.previous());
    put(headers, HASH, entry.hash());
    put(headers, SOURCE_TOPIC, source.topicId());
    put(headers, SOURCE_OFFSET, Long.toString(source.offset()));
    return record;
  }

  /**
   * The entry of a record. It is not verified: who reads a log that was tampered with shall see it
   * as it is.
   *
   * @throws IllegalArgumentException if the record is no entry, naming where it stands
   */
  public static AuditEntry read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new IllegalArgumentException(place(record) + " has no event");
    }
    return new AuditEntry(
        number(record, SEQUENCE),
        Instant.ofEpochMilli(record.timestamp()),
        text(record, PREVIOUS),
        text(record, HASH),
        record.value());
  }

  /**
   * What the entry of a record was made from.
   *
   * @throws IllegalArgumentException if the record is no entry
   */
  public static AuditSource source(ConsumerRecord<byte[], byte[]> record) {
    return new AuditSource(text(record, SOURCE_TOPIC), number(record, SOURCE_OFFSET));
  }

  private static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
    try {
      return Long.parseLong(text(record, name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(place(record) + ": " + name + " is no number", e);
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException(place(record) + " has no header " + name);
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + " at offset " + record.offset();
  }
}
