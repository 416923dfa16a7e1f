package io.millrace.filter;

import io.millrace.filter.feel.EventExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.PowerBiParameters;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The FEEL expressions among an emitter's parameters, checked before the emitter is accepted. */
public final class ParameterExpressions {

  private ParameterExpressions() {}

  /**
   * What is wrong with them, at fields such as {@code keyExpression} or {@code columns[0].lookup}.
   */
  public static List<Problem> problems(EmitterParameters parameters) {
    List<Problem> problems = new ArrayList<>();
    if (parameters instanceof KafkaParameters kafka) {
      check("keyExpression", kafka.keyExpression(), problems);
    } else if (parameters instanceof PowerBiParameters powerBi) {
      for (int i = 0; i < powerBi.columns().size(); i++) {
        check("columns[" + i + "].lookup", powerBi.columns().get(i).lookup(), problems);
      }
    }
    return problems;
  }

  private static void check(String field, @Nullable String text, List<Problem> problems) {
    if (text == null) {
      return;
    }
    try {
      EventExpression.compile(text);
    } catch (InvalidExpressionException e) {
      String reason = "line %d, column %d: %s".formatted(e.line(), e.column(), e.reason());
      problems.add(new Problem(field, "is wrong: " + reason));
    }
  }
}
