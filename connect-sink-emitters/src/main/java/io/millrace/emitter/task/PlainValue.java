package io.millrace.emitter.task;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Connect's values as maps, lists, numbers and texts. Dates become ISO 8601 text, which is what
 * they were before a converter recognised them.
 */
final class PlainValue {

  private PlainValue() {}

  static @Nullable Object of(@Nullable Schema schema, @Nullable Object value) {
    if (value instanceof Struct struct) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (Field field : struct.schema().fields()) {
        fields.put(field.name(), of(field.schema(), struct.get(field)));
      }
      return fields;
    }
    if (value instanceof Map<?, ?> map) {
      Schema items = schema == null ? null : schema.valueSchema();
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      map.forEach((key, item) -> entries.put(String.valueOf(key), of(items, item)));
      return entries;
    }
    if (value instanceof Collection<?> collection) {
      Schema items = schema == null ? null : schema.valueSchema();
      List<@Nullable Object> list = new ArrayList<>();
      collection.forEach(item -> list.add(of(items, item)));
      return list;
    }
    if (value instanceof Date date) {
      return text(schema, date);
    }
    if (value instanceof BigDecimal decimal) {
      return new BigDecimal(decimal.toPlainString());
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    return value;
  }

  private static String text(@Nullable Schema schema, Date date) {
    String logical = schema == null ? null : schema.name();
    if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(logical)) {
      return date.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
    if (Time.LOGICAL_NAME.equals(logical)) {
      return date.toInstant().atOffset(ZoneOffset.UTC).toLocalTime().toString();
    }
    return date.toInstant().toString();
  }
}
