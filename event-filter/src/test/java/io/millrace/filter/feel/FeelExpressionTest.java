package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeelExpressionTest {

  private static final String DATA =
      """
      {"amount": 150, "name": "joe", "vip": true, "nothing": null, "count": 3, "event.x": 1,
       "items": [{"p": 5, "tags": ["a", "b"]}, {"p": 1, "tags": []}],
       "customer": {"name": "Ann", "since": "2020-02-03"}, "Full Name": "Joe Doe"}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount > 100",
        "data.amount > 100",
        "amount = 150.0",
        "event.type = \"order.created\"",
        "event.subject = \"orders/7\" and event.source = \"/shop\"",
        "event.topicpath = \"a/b\"",
        "event.retries = 3",
        "event.time > date and time(\"2026-11-21T09:00:00Z\")",
        "event.time < @\"2026-11-21T11:00:00+00:00\"",
        "vip",
        "not(not(vip))",
        "nothing = null",
        "missing = null",
        "event.missing = null",
        "customer.name = \"Ann\"",
        "data.customer.name = \"Ann\"",
        "get value(data, \"Full Name\") = \"Joe Doe\"",
        "data.Full Name = \"Joe Doe\"",
        "amount in [100..200]",
        "amount in (1, 150)",
        "amount between 100 and 200",
        "name in (\"joe\", \"jim\")",
        "starts with(name, \"jo\")",
        "ends with(name, \"e\")",
        "contains(name, \"o\")",
        "matches(name, \"^j.*\")",
        "replace(name, \"j\", \"k\") = \"koe\"",
        "split(\"a;b\", \";\")[2] = \"b\"",
        "upper case(name) = \"JOE\"",
        "string length(name) = 3",
        "string join([\"a\", \"b\"], \"-\") = \"a-b\"",
        "some x in items satisfies x.p > 4",
        "every x in items satisfies x.p > 0",
        "count(items[p > 3]) = 1",
        "count(items) = 2 and count = 3",
        "sum(items.p) = 6",
        "list contains(items[1].tags, \"b\")",
        "items[-1].p = 1",
        "if amount > 100 then vip else false",
        "{a: amount, b: a + 1}.b = 151",
        "(for i in 1..3 return i * 2) = [2, 4, 6]",
        "date(customer.since) < date(\"2021-01-01\")",
        "date(customer.since) + duration(\"P1D\") = date(\"2020-02-04\")",
        "years and months duration(date(customer.since), @\"2021-02-03\") = @\"P1Y\"",
        "time(\"10:00:00\") < time(\"11:00:00\")",
        "day of week(@\"2026-11-21\") = \"Saturday\"",
        "now() > event.time or today() <= date(now())",
        "\"a\" instance of string",
        "abs(n: -3) = 3",
        "sqrt(16) = 4 and 2 ** 3 = 8 and modulo(7, 4) = 3",
        "exp(0) = 1 and log(1) = 0",
        "overlaps([1..3], [2..4])",
        "get entries({a: 1})[1].key = \"a\"",
        "median([1, 2, 3]) = 2 and stddev([1, 1]) = 0 and mode([1, 1, 2]) = [1]",
        "false or null or true",
        "amount > 100 // a comment",
        "starts  with(name, \"jo\") and date and\n time(\"2026-11-21T09:00:00Z\") < event.time",
      })
  void isTrue(String text) throws Exception {
    assertThat(evaluate(text)).isEqualTo(Outcome.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount < 100",
        "amount",
        "name",
        "\"true\"",
        "null",
        "missing",
        "missing > 3",
        "not(missing > 3)",
        "missing != 3 and null",
        "nothing and true",
        "vip and null",
        "false or null",
        "name > 3",
        "not(name > 3)",
        "amount = \"150\"",
        "1 / 0 > 1",
        "date(\"nonsense\") = @\"2026-01-01\"",
        "number(\"x\", \",\", \".\") > 1",
        "items.p > 3",
        "event.type",
        "data",
      })
  void onlyTrueMatches(String text) throws Exception {
    assertThat(evaluate(text)).isEqualTo(Outcome.NOT_TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "amount >               | 1 | 9  | mismatched input 'the end'",
        "amount > 1 extra       | 1 | 12 | extraneous input 'extra'",
        "(1                     | 1 | 3  | no viable alternative at input '(1'",
        "foo(3)                 | 1 | 1  | there is no function 'foo'",
        "true and data.f(3)     | 1 | 10 | there is no function 'data.f'",
        "{f: sum}.f([1]) = 1    | 1 | 1  | there is no function '{f: sum}.f([1])'",
        "amount == 3            | 1 | 9  | '==' is not FEEL, equality is '='",
        "startsWith(name, 1)    | 1 | 1  | there is no function 'startsWith', did you mean 'starts with'?",
        "contains(name)         | 1 | 1  | 'contains' takes 2 arguments, not 1",
        "substring(name)        | 1 | 1  | 'substring' takes 2 or 3 arguments, not 1",
        "count()                | 1 | 1  | 'count' takes at least 1 argument, not 0",
        "abs(x: 3)              | 1 | 1  | 'abs' has no such parameter: its parameters are n",
        "true and matches(name, \"(a)\\1\") | 1 | 10 | the pattern refers back to a group: such patterns can take for ever",
        "true and matches(name, \"[a\") | 1 | 10 | the pattern has a class without an end",
        "@\"2026-13-01\" < now() | 1 | 1  | '@\"2026-13-01\"' is no date, time, date and time or duration",
        "amount > 1e99999       | 1 | 10 | the number is out of range",
        "for i in 1..20000 return i | 1 | 5 | a loop may go over at most 10000 values",
        "some i in (>5) satisfies i > 1 | 1 | 6 | a loop needs a range with both ends, such as 1..10",
        "amount > > 1           | 1 | 10 | a value cannot be compared with the test '> 1'",
        "function(x) x          | 1 | 1  | functions cannot be defined in a filter",
        "sort([1], function(x, y) x < y) = [1] | 1 | 11 | functions cannot be defined in a filter",
      })
  void isRefused(String text, int line, int column, String reason) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(text))
        .satisfies(
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.column()).isEqualTo(column);
            });
  }

  @Test
  void faultsAreFoundOnLaterLines() {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile("amount > 1\n  and foo(1)"))
        .satisfies(e -> assertThat(e.line()).isEqualTo(2))
        .satisfies(e -> assertThat(e.column()).isEqualTo(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t\n"})
  void emptyTextIsRefused(String text) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(text))
        .withMessage("an expression must not be empty");
  }

  @Test
  void lengthIsLimited() {
    String longest = "\"" + "x".repeat(FeelExpression.MAX_LENGTH - 2) + "\"";
    assertThatNoException().isThrownBy(() -> FeelExpression.compile(longest));
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(longest + " "))
        .withMessage("an expression has at most 4096 characters");
  }

  @Test
  void nestingIsLimited() {
    String deep = "(".repeat(41) + "true" + ")".repeat(41);
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(deep))
        .withMessage("brackets may be nested at most 40 deep");
    assertThatNoException()
        .isThrownBy(() -> FeelExpression.compile("\"" + "(".repeat(41) + "\\\"(\" = name"));
  }

  @Test
  void nestingWithoutBracketsIsLimitedToo() {
    String deep = "if true then ".repeat(41) + "1" + " else 2".repeat(41);
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(deep))
        .withMessage("an expression may be nested at most 40 deep");
  }

  @Test
  void externalFunctionsAreRefused() {
    String external =
        "function(c) external {java: {class: \"java.lang.Math\","
            + " method signature: \"cos(double)\"}}";
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> FeelExpression.compile(external))
        .withMessage("functions cannot be defined in a filter");
  }

  @Test
  void dataFieldsWinOverAttributes() throws Exception {
    CloudEvent event = Events.withData("{\"event\": {\"type\": \"mine\"}, \"data\": {\"a\": 1}}");
    assertThat(evaluate("event.type = \"mine\" and data.a = 1", event)).isEqualTo(Outcome.TRUE);
  }

  @Test
  void dataFieldsDoNotShadowFunctions() throws Exception {
    CloudEvent event = Events.withData("{\"time\": 1, \"count\": 2, \"not\": 3}");
    assertThat(evaluate("time(\"10:00:00\") = time(\"10:00:00\") and count = 2", event))
        .isEqualTo(Outcome.TRUE);
    assertThat(evaluate("count([1, 2]) = count and not(false)", event)).isEqualTo(Outcome.TRUE);
  }

  @Test
  void dataThatIsNotAnObjectIsReadAsAWhole() throws Exception {
    assertThat(evaluate("data[1] = 7", Events.withData("[7]"))).isEqualTo(Outcome.TRUE);
    assertThat(evaluate("data = \"x\"", Events.withData("\"x\""))).isEqualTo(Outcome.TRUE);
  }

  @Test
  void eventsWithoutJsonHaveNoData() throws Exception {
    CloudEvent none = Events.base("t").build();
    CloudEvent text =
        Events.base("t").withData("text/plain", "7".getBytes(StandardCharsets.UTF_8)).build();
    for (CloudEvent event : new CloudEvent[] {none, text}) {
      assertThat(evaluate("data = null and event.type = \"t\"", event)).isEqualTo(Outcome.TRUE);
      assertThat(evaluate("amount > 1", event)).isEqualTo(Outcome.NOT_TRUE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"amount\": ", "{} {}", "nonsense", "{\"a\": 1e9999999}", "[1,]"})
  void unreadableDataFails(String json) throws Exception {
    assertThat(evaluate("true", Events.withData(json))).isEqualTo(Outcome.FAILED);
  }

  @Test
  void deepDataFails() throws Exception {
    CloudEvent event = Events.withData("[".repeat(2000) + "]".repeat(2000));
    assertThat(evaluate("true", event)).isEqualTo(Outcome.FAILED);
  }

  @Test
  void dataIsParsedOncePerEvent() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    CloudEventData counting =
        () -> {
          reads.incrementAndGet();
          return "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
        };
    EventView view = new EventView(Events.base("t").withData(counting).build());
    FeelExpression.compile("a = 1").evaluate(view);
    FeelExpression.compile("a > 1").evaluate(view);
    assertThat(reads).hasValue(1);
  }

  private static Outcome evaluate(String text) throws Exception {
    CloudEvent event =
        Events.base("order.created")
            .withData("application/json", DATA.getBytes(StandardCharsets.UTF_8))
            .withExtension("topicpath", "a/b")
            .withExtension("retries", 3)
            .build();
    return evaluate(text, event);
  }

  private static Outcome evaluate(String text, CloudEvent event) throws Exception {
    return FeelExpression.compile(text).evaluate(new EventView(event));
  }
}
