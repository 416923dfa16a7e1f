package io.millrace.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EventOverrides;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.PayloadMode;
import io.millrace.model.emitter.PowerBiColumn;
import io.millrace.model.emitter.PowerBiParameters;
import io.millrace.model.emitter.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParameterExpressionsTest {

  @Test
  void aWrongKeyExpressionIsToldWithItsPlace() {
    assertThat(ParameterExpressions.problems(kafka("customer +")))
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .startsWith("keyExpression is wrong: line 1, column ");
  }

  @Test
  void rightOnesAndNoneAreFine() {
    assertThat(ParameterExpressions.problems(kafka("customer.id"))).isEmpty();
    assertThat(ParameterExpressions.problems(kafka(null))).isEmpty();
  }

  @Test
  void everyWrongLookupIsToldAtItsColumn() {
    List<PowerBiColumn> columns =
        List.of(
            new PowerBiColumn("a", PowerBiColumn.Type.STRING, "function() 1"),
            new PowerBiColumn("b", PowerBiColumn.Type.STRING, "b"),
            new PowerBiColumn("c", PowerBiColumn.Type.STRING, "1 +"));
    assertThat(ParameterExpressions.problems(new PowerBiParameters("d", "s", "n", null, columns)))
        .extracting(Problem::field)
        .containsExactly("columns[0].lookup", "columns[2].lookup");
  }

  private static KafkaParameters kafka(@Nullable String keyExpression) {
    return new KafkaParameters(
        List.of("b:1"), "t", PayloadMode.BINARY, keyExpression, false, EventOverrides.NONE);
  }
}
