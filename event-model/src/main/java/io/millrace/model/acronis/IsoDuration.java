package io.millrace.model.acronis;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.regex.Pattern;

/** Durations of ISO 8601 as Acronis writes them, such as {@code PT30S}, {@code P30D}. */
public final class IsoDuration {

  private static final Pattern DURATION =
      Pattern.compile("P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?");

  private IsoDuration() {}

  /**
   * Reads one. Years and months are as long as those from 2001 on.
   *
   * @throws IllegalArgumentException if it is none, with the reason
   */
  public static Duration parse(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException("not a time such as PT30S, PT12H or P30D");
    }
    int time = text.indexOf('T');
    String days = time < 0 ? text : text.substring(0, time);
    try {
      Period period = days.equals("P") ? Period.ZERO : Period.parse(days);
      Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
      LocalDateTime start = LocalDateTime.of(2001, 1, 1, 0, 0);
      Duration all = Duration.between(start, start.plus(period)).plus(rest);
      long unused = all.toMillis();
      return all;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("too long a time", e);
    }
  }
}
