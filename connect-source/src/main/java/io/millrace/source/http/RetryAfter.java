package io.millrace.source.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After}: seconds, or an HTTP date. Source: RFC 9110, 10.2.3.
 *
 * @param longest what a vendor may ask for at most
 */
public record RetryAfter(Clock clock, Duration longest) {

  public static final String HEADER = "Retry-After";

  private static final int MAX_DIGITS = 9;

  /** How long to wait; absent if the header is, or cannot be understood. */
  public @Nullable Duration read(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String text = header.strip();
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return text.length() > MAX_DIGITS
          ? longest
          : bounded(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(clock.instant(), until));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
