package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.predicate.Demand;
import io.millrace.filter.predicate.Shape;
import io.millrace.filter.predicate.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount > 100",
        "100 >= data.amount",
        "order.customer.id = \"c-7\" and amount > 5 and amount < 10",
        "event.type in (\"a\", \"b\") or event.type = \"c\"",
        "amount between -1.5 and 2",
        "amount in [1..2)",
        "x in (>3)",
        "amount in (1, 2.5, [4..6])",
        "starts with(name, \"x\") and (a = 1 or b = 2)",
        "a1.b2 = -7",
        "(a > 5 or b = 2) and (a > 3 or c = 4)",
        "a > 2 and a > 1 and a <= 7",
      })
  void isReadCompletelyAndTellsWhatItsShapeDemands(String text) throws Exception {
    Demand demand = FeelExpression.compile(text).demand();
    assertThat(demand.exact()).isTrue();
    assertThat(demand.alternatives()).noneMatch(conditions -> conditions.isEmpty());
    Shape shape = Shape.of(text);
    Template template = Template.of(shape, FeelExpression.compile(shape.text()).demand());
    assertThat(template.with(shape.literals())).isEqualTo(demand);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount > 1 and count(items) > 2        | 1",
        "not(a = 1) and b = 2                   | 1",
        "(a = 1 and f.g != 2) or b = 3          | 2",
        "a = 1 and event.time.year = 2026       | 1",
      })
  void isReadAsFarAsItCanBeUsed(String text, int alternatives) throws Exception {
    Demand demand = FeelExpression.compile(text).demand();
    assertThat(demand.exact()).isFalse();
    assertThat(demand.alternatives())
        .hasSize(alternatives)
        .allMatch(conditions -> conditions.size() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "vip",
        "a = b",
        "a = null",
        "a in (1, null)",
        "a = 1 or not(b = 2)",
        "s > \"x\"",
        "event.time.year = 2026",
        "data.Full Name = 1",
        "a = 1 + 1",
        "a in (1, not(2))",
      })
  void isLeftToEvaluation(String text) throws Exception {
    assertThat(FeelExpression.compile(text).demand()).isEqualTo(Demand.UNKNOWN);
  }

  @Test
  void manyAlternativesAreNotSpread() throws Exception {
    String pairs = "(a = 1 or b = 2) and (c = 3 or d = 4) and (e = 5 or f = 6)";
    assertThat(FeelExpression.compile(pairs).demand().alternatives()).hasSize(8);
    String more = pairs + " and (g = 7 or h = 8) and (i = 9 or j = 10)";
    Demand demand = FeelExpression.compile(more).demand();
    assertThat(demand.alternatives()).hasSize(2);
    assertThat(demand.exact()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = \"x\\n\"",
        "a = 0x1F",
        "a = 007",
        "a = 1e3",
        "a = .5",
        "a = 1 // two",
        "d = @\"P1D\"",
        "a = 1 /* 2 */",
        "ä = 1",
        "a = b",
        "a = \"open",
      })
  void oddTextsHaveNoShape(String text) {
    assertThat(Shape.of(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tenant = \"t-1\" and amount * 2 > 5 | amount * 2 > 5",
        "a = b and tenant = \"t-1\" and (c = d or e = 1) | (a = b) and (c = d or e = 1)",
        "a = b | a = b",
        "a = 1 and b > 2 | a = 1 and b > 2",
        "(a = b or c = 1) and (c = d or e = 1) | (a = b or c = 1) and (c = d or e = 1)",
      })
  void theRestIsWhatTheDemandDoesNotSay(String text, String rest) throws Exception {
    assertThat(FeelExpression.compile(text).rest()).hasToString(rest);
  }

  @Test
  void theRestIsTheWholeWhereNotAllIsInTheDemand() throws Exception {
    String four = "(a = 1 or b = 1 or c = 1 or d = 1 or e = 1)";
    String text = four + " and " + four.replace('1', '2') + " and x = y";
    assertThat(FeelExpression.compile(text).rest()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 1 + 2",
        "data.Full Name 2 = 5",
        "a = 1 or b = 2 + 3",
        "string length(a) = 3",
      })
  void shapesThatLoseLiteralsHaveNoTemplate(String text) throws Exception {
    Shape shape = Shape.of(text);
    assertThat(Template.of(shape, FeelExpression.compile(shape.text()).demand())).isNull();
  }
}
