package io.millrace.model.event;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The form that nearly all events give their time in, such as {@code 2026-01-31T10:00:00.123Z},
 * read many times faster than {@link OffsetDateTime#parse}, which takes all forms.
 */
final class UtcTime {

  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int MAX_FRACTION = 9;

  private UtcTime() {}

  /** What {@link OffsetDateTime#parse} reads from it; null if the text is of another form. */
  static @Nullable OffsetDateTime parse(String text) {
    int end = text.length() - 1;
    if (end < SHAPE.length() || text.charAt(end) != 'Z' || !hasShape(text)) {
      return null;
    }
    int nanos = nanos(text, end);
    if (nanos < 0) {
      return null;
    }
    try {
      return OffsetDateTime.of(
          number(text, 0, 4),
          number(text, 5, 7),
          number(text, 8, 10),
          number(text, 11, 13),
          number(text, 14, 16),
          number(text, 17, 19),
          nanos,
          ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean hasShape(String text) {
    for (int i = 0; i < SHAPE.length(); i++) {
      char expected = SHAPE.charAt(i);
      if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
        return false;
      }
    }
    return true;
  }

  private static int nanos(String text, int end) {
    int digits = end - SHAPE.length() - 1;
    if (digits < 0) {
      return 0;
    }
    if (text.charAt(SHAPE.length()) != '.' || digits == 0 || digits > MAX_FRACTION) {
      return -1;
    }
    for (int i = SHAPE.length() + 1; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return -1;
      }
    }
    int nanos = number(text, SHAPE.length() + 1, end);
    for (int i = digits; i < MAX_FRACTION; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
