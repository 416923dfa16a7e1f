package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A sink record as an event, whatever converters it came through. */
final class RecordReader {

  private static final String CONTENT_TYPE = "content-type";
  private static final String SPEC_VERSION = "specversion";
  private static final byte[] STRUCTURED =
      "application/cloudevents+json".getBytes(StandardCharsets.UTF_8);

  private RecordReader() {}

  static CloudEvent event(SinkRecord record) throws UnreadableEventException {
    Headers headers = RecordBytes.headers(record);
    if (isStructuredValue(record, headers)) {
      headers.add(CONTENT_TYPE, STRUCTURED);
    }
    return EventRecords.read(headers, RecordBytes.value(record));
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

  // A JSON converter has taken the document apart; its media type may be nowhere.
  private static boolean isStructuredValue(SinkRecord record, Headers headers) {
    return record.value() instanceof Map<?, ?> map
        && map.containsKey(SPEC_VERSION)
        && headers.lastHeader(CONTENT_TYPE) == null
        && headers.lastHeader("ce_" + SPEC_VERSION) == null;
  }
}
