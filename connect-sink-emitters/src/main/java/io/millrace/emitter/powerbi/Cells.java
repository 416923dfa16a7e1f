package io.millrace.emitter.powerbi;

import io.millrace.emitter.payload.PlainText;
import io.millrace.model.emitter.PowerBiColumn;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Values of FEEL as cells of a column: numbers and booleans also from text, since that is how many
 * events carry them; nothing is cut or rounded. Source: Power BI push datasets, data types and
 * limits.
 */
final class Cells {

  /** Longest text of a cell, in characters. */
  static final int MOST_CHARACTERS = 4_000;

  private Cells() {}

  /**
   * The cell as JSON has it: a {@code Long}, {@code Double}, {@code Boolean} or {@code String}.
   *
   * @throws InvalidRowException whose message completes "column x …"
   */
  static @Nullable Object cell(PowerBiColumn.Type type, @Nullable Object value)
      throws InvalidRowException {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case INT64 -> whole(value);
      case DOUBLE -> real(value);
      case BOOLEAN -> flag(value);
      case DATE_TIME -> time(value);
      case STRING -> text(value);
    };
  }

  private static Long whole(Object value) throws InvalidRowException {
    try {
      return number(value).longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidRowException("takes whole numbers of 64 bits, and the value is none");
    }
  }

  private static Double real(Object value) throws InvalidRowException {
    double number = number(value).doubleValue();
    if (Double.isInfinite(number)) {
      throw new InvalidRowException("takes numbers of double precision, and the value is larger");
    }
    return number;
  }

  private static BigDecimal number(Object value) throws InvalidRowException {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof String text && text.length() <= 100) {
      try {
        return new BigDecimal(text.strip());
      } catch (NumberFormatException e) {
        // Told below.
      }
    }
    throw mismatch("numbers", value);
  }

  private static Boolean flag(Object value) throws InvalidRowException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Boolean.valueOf(text);
    }
    throw mismatch("true and false", value);
  }

  private static String time(Object value) throws InvalidRowException {
    if (value instanceof ZonedDateTime time) {
      return utc(time.toInstant());
    }
    if (value instanceof OffsetDateTime time) {
      return utc(time.toInstant());
    }
    if (value instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (value instanceof LocalDate date) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date.atStartOfDay());
    }
    if (value instanceof String text) {
      try {
        return time(
            DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.indexOf('T') < 0 ? text + "T00:00:00" : text,
                ZonedDateTime::from,
                LocalDateTime::from));
      } catch (DateTimeException e) {
        // Told below.
      }
    }
    throw mismatch("dates and times such as 2026-01-31T10:00:00Z", value);
  }

  private static String utc(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant);
  }

  private static String text(Object value) throws InvalidRowException {
    String text = PlainText.of(value).orElseThrow(() -> mismatch("text", value));
    if (text.length() > MOST_CHARACTERS) {
      throw new InvalidRowException(
          "takes %d characters, and the value has %d".formatted(MOST_CHARACTERS, text.length()));
    }
    return text;
  }

  private static InvalidRowException mismatch(String taken, Object value) {
    return new InvalidRowException("takes " + taken + ", and the value is " + kind(value));
  }

  private static String kind(Object value) {
    if (value instanceof String) {
      return "another text";
    }
    if (value instanceof BigDecimal) {
      return "a number";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    return PlainText.of(value).isPresent() ? "a date, time or duration" : "a list or a context";
  }
}
