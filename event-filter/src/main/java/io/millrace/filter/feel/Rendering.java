package io.millrace.filter.feel;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as a person reads it, cut where it gets long. */
final class Rendering {

  private static final int MAX_TEXT = 80;

  private Rendering() {}

  static String of(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + cut(text) + '"';
    }
    if (value instanceof BigDecimal number) {
      return Math.abs(number.scale()) > MAX_TEXT ? number.toString() : number.toPlainString();
    }
    if (value instanceof Collection<?> list) {
      return "a list of " + list.size();
    }
    if (value instanceof Map<?, ?> context) {
      return "a context of " + context.size();
    }
    return value == null ? "null" : cut(value.toString());
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
