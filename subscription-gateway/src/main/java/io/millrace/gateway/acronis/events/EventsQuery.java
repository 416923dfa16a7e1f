package io.millrace.gateway.acronis.events;

import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.ResourceName;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code GET /events}.
 *
 * @param timeout null where none is given
 */
record EventsQuery(
    String subscription,
    String consumer,
    OptionalLong offset,
    @Nullable Duration timeout,
    int limit) {

  static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 100;

  /**
   * Reads the parameters.
   *
   * @throws HttpProblem naming all that is wrong
   */
  static EventsQuery of(Exchange exchange) {
    List<Problem> problems = new ArrayList<>();
    String subscription = name(exchange, "subscription_id", problems);
    String consumer = name(exchange, "consumer_id", problems);
    long offset = number(exchange, "offset", 0, Long.MAX_VALUE, -1, problems);
    long limit = number(exchange, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT, problems);
    Duration timeout = duration(exchange, problems);
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return new EventsQuery(
        subscription.toLowerCase(Locale.ROOT), // UUIDs in capitals are the same.
        consumer,
        offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset),
        timeout,
        (int) limit);
  }

  private static String name(Exchange exchange, String name, List<Problem> problems) {
    String value = exchange.query(name);
    if (value == null || value.isEmpty()) {
      problems.add(new Problem(name, "is missing"));
      return "";
    }
    if (!ResourceName.isValid(value)) {
      problems.add(new Problem(name, "must have " + ResourceName.RULE));
    }
    return value;
  }

  private static long number(
      Exchange exchange, String name, long min, long max, long otherwise, List<Problem> problems) {
    String value = exchange.query(name);
    if (value == null || value.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is a number but out of range.
    }
    String range = max == Long.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max;
    problems.add(new Problem(name, "must be a whole number " + range));
    return otherwise;
  }

  private static @Nullable Duration duration(Exchange exchange, List<Problem> problems) {
    String value = exchange.query("timeout");
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative()) {
        return duration;
      }
      problems.add(new Problem("timeout", "must not be negative"));
    } catch (DateTimeParseException | ArithmeticException e) {
      problems.add(new Problem("timeout", "must be an ISO 8601 duration such as PT30S"));
    }
    return null;
  }
}
