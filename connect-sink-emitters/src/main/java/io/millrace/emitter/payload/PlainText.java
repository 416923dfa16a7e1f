package io.millrace.emitter.payload;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Values of FEEL as text, for keys and columns. */
public final class PlainText {

  private PlainText() {}

  /**
   * A text as it is, a number with all its digits and no others, dates and times as ISO 8601 has
   * them.
   *
   * @return empty for a list or a context, which have no text of their own
   */
  public static Optional<String> of(Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return Optional.of(value.toString());
    }
    if (value instanceof BigDecimal number) {
      // 100 and 100.0 are one number, and so one key.
      return Optional.of(number.stripTrailingZeros().toPlainString());
    }
    if (value instanceof ZonedDateTime || value instanceof OffsetDateTime) {
      return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((TemporalAccessor) value));
    }
    return value instanceof TemporalAccessor || value instanceof Duration || value instanceof Period
        ? Optional.of(value.toString())
        : Optional.empty();
  }
}
