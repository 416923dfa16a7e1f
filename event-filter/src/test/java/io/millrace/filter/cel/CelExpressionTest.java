package io.millrace.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.feel.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {

  private static final CloudEvent EVENT =
      Events.base("task.created")
          .withExtension("tenantid", "t1")
          .withExtension("subjecttype", "cti.a.p.task.v1.0")
          .withExtension("app", "agent")
          .withData(
              "application/json",
              """
              {"n": 5, "d": 2.5, "s": "abc", "none": null, "l": [1, 2, 3], "m": {"k": "v"},
               "big": 12345678901234567890}
              """
                  .getBytes(StandardCharsets.UTF_8))
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.type == 'task.created'",
        "event.tenant_id == 't1' && event.source == '/shop' && event.id == '1'",
        "event.subject == 'orders/7' && event.subject_type.startsWith('cti.a.p.task')",
        "event.client_id == 'agent' && !has(event.trace_parent) && !has(event.data_ref)",
        "timestamp(event.time) < timestamp('2030-01-01T00:00:00Z')",
        "event.data.n == 5 && event.data.n == 5.0 && event.data.n > 4.5 && event.data.n < 6",
        "event.data.d > 2 && event.data.d * 2.0 == 5.0",
        "event.data.big > 1000",
        "event.data.none == null && has(event.data.none) && !has(event.data.missing)",
        "event.data.l.exists(x, x == 3) && event.data.l.all(x, x > 0)",
        "event.data.l.map(x, x * 2) == [2, 4, 6] && 2 in event.data.l && size(event.data.l) == 3",
        "event.data.m == {'k': 'v'} && 'k' in event.data.m && event.data.m['k'] == 'v'",
        "event.data.s.matches('a.c') && event.data.s.matches('^' + 'a') && 'x' in ['x']",
        "event.data.missing == 1 || event.type == 'task.created'",
        "event.exists(name, name == 'tenant_id')"
      })
  void acceptsTheEvent(String text) throws Exception {
    assertThat(evaluate(text, EVENT)).isEqualTo(Outcome.TRUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'.matches('x') && 'a' + 'b' == 'ab'", "[1] + [2] == [1, 2]"})
  void addsTextsAndLists(String text) throws Exception {
    assertThat(evaluate(text, EVENT)).isEqualTo(Outcome.TRUE);
  }

  private static String sum(String name, int times) {
    return times == 1
        ? name
        : "(%s + %s)".formatted(sum(name, times / 2), sum(name, times - times / 2));
  }

  @Test
  void makesNothingOfAnySize() throws Exception {
    String text =
        "['%s'].map(x, %s).exists(y, (%s).size() > 5)"
            .formatted("s".repeat(2_000), sum("x", 64), sum("y", 64));
    assertThat(evaluate(text, EVENT)).isEqualTo(Outcome.FAILED);
    String lists = text.replace("'" + "s".repeat(2_000) + "'", "event.data.l");
    assertThat(evaluate(lists, EVENT)).isIn(Outcome.TRUE, Outcome.FAILED);
  }

  @Test
  void saysNoAndFailsClosed() throws Exception {
    assertThat(evaluate("event.data.n > 5", EVENT)).isEqualTo(Outcome.NOT_TRUE);
    assertThat(evaluate("event.data.missing > 5", EVENT)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("event.data.s > 5", EVENT)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("event.data.s.matches('(' + 'a')", EVENT)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("event.data.n / 0 == 1", EVENT)).isEqualTo(Outcome.FAILED);
    assertThat(evaluate("!has(event.data)", Events.on("a"))).isEqualTo(Outcome.TRUE);
    assertThat(evaluate("!has(event.data)", Events.withData("{broken"))).isEqualTo(Outcome.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event.type = 'x' | 1 | 12",
        "foo == 1 | 1 | 1",
        "event.data.n + 1 == 2 && bar() | 1 | 29",
        "1 + 2 | 1 | 3",
        "event.data.s.matches('(a') | 1 | 22",
        "event.data.s.matches('(((a{1,100}){1,100}){1,100})') | 1 | 22",
        "[1].all(a, [1].all(b, [1].all(c, true))) | 1 | 30",
        "'' | 1 | 1"
      },
      quoteCharacter = '"')
  void refusesWithThePlace(String text, int line, int column) {
    assertThatThrownBy(() -> CelExpression.compile(text))
        .isInstanceOfSatisfying(
            InvalidExpressionException.class,
            e -> {
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).as(e.reason()).isEqualTo(column);
              assertThat(e.reason()).isNotBlank();
            });
  }

  @Test
  void refusesWhatIsTooLong() {
    String text = "event.type == '" + "x".repeat(CelExpression.MAX_LENGTH) + "'";
    assertThatThrownBy(() -> CelExpression.compile(text)).hasMessageContaining("longer than 4096");
    String nodes = IntStream.range(0, 1_001).mapToObj(i -> "1").collect(Collectors.joining(","));
    assertThatThrownBy(() -> CelExpression.compile("1 in [" + nodes + "]"))
        .isInstanceOf(InvalidExpressionException.class);
    String deep = "(".repeat(200) + "true" + ")".repeat(200);
    assertThatThrownBy(() -> CelExpression.compile(deep))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void givesUpWhatCostsTooMuch() throws Exception {
    String numbers =
        IntStream.range(0, 900).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String text = "x".repeat(60_000);
    CloudEvent large = Events.withData("{\"l\": [" + numbers + "], \"t\": \"" + text + "\"}");
    assertThat(evaluate("event.data.l.all(x, x >= 0)", large)).isEqualTo(Outcome.TRUE);
    assertThat(evaluate("event.data.l.all(x, event.data.l.all(y, y >= 0))", large))
        .isEqualTo(Outcome.FAILED);
    assertThat(evaluate("event.data.l.all(x, !(-1 in event.data.l))", large))
        .isEqualTo(Outcome.FAILED);
    assertThat(evaluate("event.data.l.all(x, !event.data.t.matches('(.*y){40}'))", large))
        .isEqualTo(Outcome.FAILED);
    assertThat(evaluate("!event.data.t.matches('y')", large)).isEqualTo(Outcome.TRUE);
  }

  private static Outcome evaluate(String text, CloudEvent event) throws InvalidExpressionException {
    return CelExpression.compile(text).evaluate(new EventView(event));
  }
}
