package io.millrace.gateway.catalogue;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long events are kept.
 *
 * @param text ISO 8601 duration, or {@value #INFINITE}
 */
public record Retention(String text) {

  public static final String INFINITE = "INFINITE";

  private static final Pattern DURATION =
      Pattern.compile("P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?");

  public Retention {
    if (!text.equals(INFINITE)) {
      read(text);
    }
  }

  /** Absent for ever. Years and months are as long as those from 2001 on. */
  public @Nullable Duration duration() {
    return text.equals(INFINITE) ? null : read(text);
  }

  private static Duration read(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException("neither INFINITE nor a time such as P30D or PT12H");
    }
    int time = text.indexOf('T');
    String days = time < 0 ? text : text.substring(0, time);
    try {
      Period period = days.equals("P") ? Period.ZERO : Period.parse(days);
      Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
      LocalDateTime start = LocalDateTime.of(2001, 1, 1, 0, 0);
      Duration all = Duration.between(start, start.plus(period)).plus(rest);
      if (all.toMillis() < 1_000) {
        throw new IllegalArgumentException("must be at least a second");
      }
      return all;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("too long; INFINITE is for ever", e);
    }
  }
}
