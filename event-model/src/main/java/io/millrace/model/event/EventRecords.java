package io.millrace.model.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvent to Kafka record and back, by the CloudEvents Kafka binding: written in binary mode,
 * read in either mode. Safe for use by several threads.
 */
public final class EventRecords {

  private static final String SPEC_VERSION = "ce_specversion";

  private EventRecords() {}

  /**
   * The record of an event in binary mode, keyed by {@link #key}.
   *
   * @param kafkaTopic the Kafka topic, not the event's topic path
   */
  public static ProducerRecord<byte[], byte[]> write(String kafkaTopic, CloudEvent event) {
    ProducerRecord<Object, byte[]> written =
        KafkaMessageFactory.createWriter(kafkaTopic, null, null, (Object) null).writeBinary(event);
    return new ProducerRecord<>(
        kafkaTopic, null, null, key(event), written.value(), written.headers());
  }

  /**
   * The key that keeps an event's order: its {@code partitionkey}, else its subject, else none.
   * Events without a key have no order among each other.
   */
  public static byte @Nullable [] key(CloudEvent event) {
    Object partitionKey = event.getExtension(Extensions.PARTITION_KEY);
    Object key = partitionKey != null ? partitionKey : event.getSubject();
    return key == null ? null : key.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a record of either mode. A spec version such as {@code 1.0.1}, which some vendors print,
   * is read as {@code 1.0}.
   *
   * @throws UnreadableEventException if the record is no CloudEvent
   */
  public static CloudEvent read(Headers headers, byte @Nullable [] value)
      throws UnreadableEventException {
    try {
      MessageReader reader = KafkaMessageFactory.createReader(lenient(headers), value);
      return reader.getEncoding() == Encoding.BINARY
          ? reader.read(AttributeReader::new)
          : reader.toEvent();
    } catch (RuntimeException e) { // Whatever the SDK makes of it: a record must stop nobody.
      throw new UnreadableEventException("not a CloudEvent: " + e.getMessage(), e);
    }
  }

  private static Headers lenient(Headers headers) {
    Header version = headers.lastHeader(SPEC_VERSION);
    if (version == null || version.value() == null) {
      return headers;
    }
    String text = new String(version.value(), StandardCharsets.UTF_8);
    if (text.equals("1.0") || !text.startsWith("1.0.")) {
      return headers;
    }
    Headers copy = new RecordHeaders(headers);
    copy.remove(SPEC_VERSION);
    return copy.add(SPEC_VERSION, "1.0".getBytes(StandardCharsets.UTF_8));
  }
}
