package io.millrace.gateway.audit;

import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted, by the time at which they were recorded.
 *
 * @param from the first instant; null for the beginning of the log
 * @param to the first instant after it; null for all that is stored
 */
record AuditRange(@Nullable Instant from, @Nullable Instant to) {

  private static final List<String> FROM = List.of("from", "startDate");
  private static final List<String> TO = List.of("to", "endDate");

  /**
   * Reads the query.
   *
   * @throws HttpProblem with everything that is wrong
   */
  static AuditRange read(Function<String, @Nullable String> query) {
    List<Problem> problems = new ArrayList<>();
    Instant from = instant(FROM, query, problems);
    Instant to = instant(TO, query, problems);
    if (from != null && to != null && to.isBefore(from)) {
      problems.add(new Problem(named(TO, query), "is before " + named(FROM, query)));
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return new AuditRange(from, to);
  }

  boolean isBefore(Instant time) {
    return to != null && !time.isBefore(to);
  }

  boolean isAfter(Instant time) {
    return from != null && time.isBefore(from);
  }

  private static @Nullable Instant instant(
      List<String> names, Function<String, @Nullable String> query, List<Problem> problems) {
    if (names.stream().allMatch(name -> query.apply(name) != null)) {
      problems.add(new Problem(names.get(0), "means the same as " + names.get(1) + ": give one"));
      return null;
    }
    String name = named(names, query);
    String text = query.apply(name);
    try {
      return text == null ? null : parse(text.strip());
    } catch (DateTimeException e) {
      problems.add(
          new Problem(name, "must be a date, or a time as in RFC 3339, and is '" + text + "'"));
      return null;
    }
  }

  private static String named(List<String> names, Function<String, @Nullable String> query) {
    return names.stream().filter(name -> query.apply(name) != null).findFirst().orElse("");
  }

  // A plus sign that was not encoded has become a space.
  private static Instant parse(String text) {
    return text.indexOf('T') < 0 && text.indexOf('t') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
  }
}
