package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventExpressionTest {

  private static final String DATA =
      """
      {"amount": 150.50, "customer": {"name": "Ann"}, "tags": ["a", "b"], "since": "2020-02-03"}
      """;

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("customer.name", "Ann"),
        Arguments.of("customer.name + \"/\" + string(amount)", "Ann/150.50"),
        Arguments.of("amount", new BigDecimal("150.50")),
        Arguments.of("amount > 100", true),
        Arguments.of("tags", List.of("a", "b")),
        Arguments.of("customer", Map.of("name", "Ann")),
        Arguments.of("date(since)", LocalDate.of(2020, 2, 3)),
        Arguments.of("event.subject", "orders/7"),
        Arguments.of("event.time", ZonedDateTime.parse("2026-11-21T10:00:00Z")),
        Arguments.of("duration(\"PT90S\")", Duration.ofSeconds(90)),
        Arguments.of("duration(\"P1Y2M\")", Period.of(1, 2, 0)),
        Arguments.of("missing", null),
        Arguments.of("customer.missing.deeper", null),
        Arguments.of("amount + \"x\"", null));
  }

  @ParameterizedTest
  @MethodSource("values")
  void hasTheValue(String text, @Nullable Object value) throws Exception {
    assertThat(evaluate(text, DATA)).isEqualTo(value);
  }

  @Test
  void dataThatIsNoJsonFails() {
    assertFailed("amount", "{", "the data is not JSON");
  }

  @Test
  void whatCostsTooMuchFails() {
    assertFailed(
        "count(for a in 1..1000, b in 1..1000 return a)",
        DATA,
        "the expression takes too many steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1..5]", "> 3"})
  void whatIsNoValueFails(String text) {
    assertFailed(text, DATA, "the expression's value is a range or a test, and no value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 +", "function(x) x", "no such function(1)"})
  void refusesWhatAFilterMayNotHave(String text) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> EventExpression.compile(text));
  }

  private static void assertFailed(String text, String json, String reason) {
    assertThatExceptionOfType(EvaluationFailedException.class)
        .isThrownBy(() -> evaluate(text, json))
        .extracting(EvaluationFailedException::reason)
        .isEqualTo(reason);
  }

  private static @Nullable Object evaluate(String text, String json) throws Exception {
    return EventExpression.compile(text).evaluate(new EventView(Events.withData(json)));
  }
}
