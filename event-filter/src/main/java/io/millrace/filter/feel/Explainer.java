package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.closure.Conjuncts;
import io.millrace.filter.feel.closure.OverBudgetException;
import io.millrace.filter.feel.closure.Program;
import io.millrace.filter.feel.closure.RefusedPieceException;
import io.millrace.filter.feel.closure.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.BaseNode;

/**
 * Says which conjunct decided, with the values it saw. Each conjunct has its own budget, since an
 * explanation is made for one person and one event.
 */
final class Explainer {

  private final BaseNode tree;

  Explainer(BaseNode tree) {
    this.tree = tree;
  }

  Explanation explain(EventView event) {
    Variables variables;
    try {
      variables = EventVariables.of(event);
    } catch (UnreadableDataException e) {
      return new Explanation(Outcome.FAILED, List.of("the event's data cannot be read as JSON"));
    }
    List<String> holding = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Outcome outcome = Outcome.TRUE;
    for (BaseNode conjunct : Conjuncts.of(tree)) {
      Said said = ask(conjunct, variables);
      if (said.outcome == Outcome.TRUE) {
        holding.add(said.sentence);
      } else {
        others.add(said.sentence);
        outcome = said.outcome;
      }
      if (said.decides) {
        // What comes after is not evaluated; what was null before would not have been true either.
        break;
      }
    }
    return new Explanation(outcome, others.isEmpty() ? holding : others);
  }

  /**
   * What one conjunct said.
   *
   * @param decides whether the others no longer matter: it was false, or failed
   */
  private record Said(Outcome outcome, String sentence, boolean decides) {}

  private Said ask(BaseNode conjunct, Variables variables) {
    String name = "`" + conjunct.getText() + "`";
    try {
      Object value = Program.compile(conjunct).run(variables, System::nanoTime);
      Outcome outcome = Boolean.TRUE.equals(value) ? Outcome.TRUE : Outcome.NOT_TRUE;
      String sentence = name + " was " + Rendering.of(value) + seen(conjunct, variables);
      return new Said(outcome, sentence, Boolean.FALSE.equals(value));
    } catch (OverBudgetException e) {
      return new Said(Outcome.FAILED, name + " was given up: " + e.getMessage(), true);
    } catch (RefusedPieceException | RuntimeException | StackOverflowError e) {
      return new Said(
          Outcome.FAILED, name + " could not be evaluated" + seen(conjunct, variables), true);
    }
  }

  private static String seen(BaseNode conjunct, Variables variables) {
    String values =
        Fields.of(conjunct).paths().stream()
            .map(path -> String.join(".", path) + " is " + value(path, variables))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? "" : ": " + values;
  }

  private static String value(List<String> path, Variables variables) {
    if (!variables.has(path.get(0))) {
      return "missing";
    }
    @Nullable Object value = variables.get(path.get(0));
    for (String step : path.subList(1, path.size())) {
      if (!(value instanceof Map<?, ?> context)) {
        // Within a list or a date: the whole says more than nothing.
        return value == null ? "missing" : "within " + Rendering.of(value);
      }
      if (!context.containsKey(step)) {
        return "missing";
      }
      value = context.get(step);
    }
    return Rendering.of(value);
  }
}
