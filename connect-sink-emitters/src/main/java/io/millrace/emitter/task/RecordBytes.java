package io.millrace.emitter.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/** Key, value and headers of a record as the bytes that a Kafka record has. */
public final class RecordBytes {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

  private RecordBytes() {}

  static byte @Nullable [] key(ConnectRecord<?> record) {
    return bytes(record.keySchema(), record.key());
  }

  static byte @Nullable [] value(ConnectRecord<?> record) {
    return bytes(record.valueSchema(), record.value());
  }

  static Headers headers(ConnectRecord<?> record) {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      headers.add(header.key(), bytes(header.schema(), header.value()));
    }
    return headers;
  }

  /** A value of Connect's: bytes as they are, what has parts as JSON, anything else as text. */
  public static byte @Nullable [] bytes(@Nullable Schema schema, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    if (value instanceof Map || value instanceof Collection || value instanceof Struct) {
      return json(PlainValue.of(schema, value));
    }
    return String.valueOf(PlainValue.of(schema, value)).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(@Nullable Object plain) {
    try {
      return JSON.writeValueAsBytes(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plain value could not be written as JSON", e);
    }
  }
}
