package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A record as an event, whatever converters it came through. */
public final class RecordReader {

  private static final String CONTENT_TYPE = "content-type";
  private static final String SPEC_VERSION = "specversion";
  private static final String BINARY_MARK = "ce_" + SPEC_VERSION;
  private static final byte[] STRUCTURED =
      "application/cloudevents+json".getBytes(StandardCharsets.UTF_8);

  private RecordReader() {}

  /**
   * The record as an event. {@link PluginFormats#load} must have been called before.
   *
   * @throws UnreadableEventException if it is none
   */
  public static CloudEvent event(ConnectRecord<?> record) throws UnreadableEventException {
    Headers headers = RecordBytes.headers(record);
    if (isStructuredValue(record, headers)) {
      headers.add(CONTENT_TYPE, STRUCTURED);
    }
    return EventRecords.read(headers, RecordBytes.value(record));
  }

  /** Whether the record says that it is an event, in binary or structured mode. */
  public static boolean isEvent(ConnectRecord<?> record) {
    if (record.headers().lastWithName(BINARY_MARK) != null) {
      return true;
    }
    Headers headers = RecordBytes.headers(record);
    return isStructuredValue(record, headers) || isStructured(headers.lastHeader(CONTENT_TYPE));
  }

  /** What keeps the event's order: the record's key, else what the event itself says. */
  static @Nullable Object key(SinkRecord record, @Nullable CloudEvent event) {
    Object key = record.key();
    if (key instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (key == null && event != null) {
      byte[] own = EventRecords.key(event);
      return own == null ? null : ByteBuffer.wrap(own);
    }
    return key;
  }

  private static boolean isStructured(@Nullable Header contentType) {
    if (contentType == null || contentType.value() == null) {
      return false;
    }
    String type = new String(contentType.value(), StandardCharsets.UTF_8).strip();
    return type.toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
  }

  // A JSON converter has taken the document apart; its media type may be nowhere.
  private static boolean isStructuredValue(ConnectRecord<?> record, Headers headers) {
    return record.value() instanceof Map<?, ?> map
        && map.containsKey(SPEC_VERSION)
        && headers.lastHeader(CONTENT_TYPE) == null
        && headers.lastHeader(BINARY_MARK) == null;
  }
}
