package io.millrace.emitter.filter;

import io.millrace.emitter.task.RecordBytes;
import io.millrace.filter.event.JsonValues;
import io.millrace.filter.event.UnreadableDataException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Connect's values as FEEL takes them. Structs and maps become contexts, numbers (also Connect's
 * decimals) {@code BigDecimal}, Connect's dates and times ISO 8601 text, which FEEL's {@code date}
 * and {@code date and time} read. Text, and bytes that are UTF-8, are taken apart if they hold a
 * JSON object or list; any other text stays text, even {@code 42}. Other bytes are null, and within
 * a struct Base64 text.
 */
final class FeelValues {

  private FeelValues() {}

  /**
   * One value.
   *
   * @throws UnreadableDataException if it has a number or a nesting beyond bounds
   */
  static @Nullable Object of(@Nullable Schema schema, @Nullable Object value)
      throws UnreadableDataException {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    byte[] bytes = RecordBytes.bytes(schema, value);
    if (bytes == null) {
      return null;
    }
    if (value instanceof Struct || value instanceof Map || value instanceof Collection) {
      return JsonValues.read(bytes);
    }
    if (value instanceof Number number) {
      return isFinite(number) ? JsonValues.read(bytes) : null;
    }
    return text(bytes);
  }

  private static @Nullable Object text(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return text;
    }
    try {
      return JsonValues.read(bytes);
    } catch (UnreadableDataException e) {
      // A line of a log may begin like this too.
      return text;
    }
  }

  private static boolean isFinite(Number number) {
    return number instanceof BigDecimal || Double.isFinite(number.doubleValue());
  }
}
