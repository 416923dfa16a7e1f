package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final String DATA =
      """
      {"amount": 40, "name": "joe", "nothing": null, "items": [{"p": 5}], "customer": {"age": 7}}
      """;

  @Test
  void namesTheConjunctThatDecided() throws Exception {
    Explanation explanation = explain("name = \"joe\" and amount > 100 and missing > 1");
    assertThat(explanation.outcome()).isEqualTo(Outcome.NOT_TRUE);
    assertThat(explanation.reasons()).containsExactly("`amount > 100` was false: amount is 40");
  }

  @Test
  void saysWhatIsMissingAndWhatIsNull() throws Exception {
    assertThat(explain("missing > 1 and nothing > 1").reasons())
        .containsExactly(
            "`missing > 1` was null: missing is missing",
            "`nothing > 1` was null: nothing is null");
    assertThat(explain("customer.name = \"x\"").reasons())
        .containsExactly("`customer.name = \"x\"` was false: customer.name is missing");
    assertThat(explain("event.user = \"y\"").reasons())
        .containsExactly("`event.user = \"y\"` was false: event.user is missing");
  }

  @Test
  void whatIsFalseCountsMoreThanWhatWasNullBefore() throws Exception {
    assertThat(explain("missing > 1 and amount > 100").reasons())
        .contains("`amount > 100` was false: amount is 40");
  }

  @Test
  void tellsAllOfAMatch() throws Exception {
    Explanation explanation = explain("amount < 100 and customer.age = 7");
    assertThat(explanation.outcome()).isEqualTo(Outcome.TRUE);
    assertThat(explanation.reasons())
        .containsExactly(
            "`amount < 100` was true: amount is 40",
            "`customer.age = 7` was true: customer.age is 7");
  }

  @Test
  void whatIsNoBooleanIsSaid() throws Exception {
    assertThat(explain("name").reasons()).containsExactly("`name` was \"joe\": name is \"joe\"");
  }

  @Test
  void valuesAreCut() throws Exception {
    EventView event = new EventView(Events.withData("{\"s\": \"" + "x".repeat(500) + "\"}"));
    List<String> reasons = FeelExpression.compile("s = \"y\" and true").explain(event).reasons();
    assertThat(reasons.get(0)).hasSizeLessThan(150).endsWith("…\"");
  }

  @Test
  void whatIsGivenUpIsSaid() throws Exception {
    Explanation explanation = explain("amount = 40 and 10 ** 999999 > 1");
    assertThat(explanation.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(explanation.reasons())
        .containsExactly("`10 ** 999999 > 1` was given up: a power is out of range");
  }

  @Test
  void unreadableDataIsSaid() throws Exception {
    EventView event = new EventView(Events.withData("nonsense"));
    Explanation explanation = FeelExpression.compile("true").explain(event);
    assertThat(explanation.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(explanation.reasons()).containsExactly("the event's data cannot be read as JSON");
  }

  @Test
  void explanationAgreesWithEvaluation() throws Exception {
    for (String text :
        List.of(
            "amount = 40", "missing and false", "missing and true", "amount > 1 and name > 1")) {
      EventView event = new EventView(Events.withData(DATA));
      FeelExpression expression = FeelExpression.compile(text);
      assertThat(expression.explain(event).outcome()).isEqualTo(expression.evaluate(event));
    }
  }

  @Test
  void fieldsOfTheDataAreListed() throws Exception {
    FeelExpression expression =
        FeelExpression.compile(
            "amount > 1 and data.name = \"x\" and event.type = \"t\" and count(items[p > other]) = 1"
                + " and some i in items satisfies i.p > limit");
    assertThat(expression.variables()).containsExactly("amount", "items", "limit", "name");
  }

  @Test
  void unknownFieldsAreWarnings() throws Exception {
    FeelExpression expression = FeelExpression.compile("amount > 1 and\n  ammount < 3");
    assertThat(expression.warnings(Set.of("amount")))
        .containsExactly(new Warning(2, 3, "such events have no field 'ammount' in their data"));
    assertThat(expression.warnings(Set.of("amount", "ammount"))).isEmpty();
  }

  private static Explanation explain(String text) throws Exception {
    return FeelExpression.compile(text).explain(new EventView(Events.withData(DATA)));
  }
}
