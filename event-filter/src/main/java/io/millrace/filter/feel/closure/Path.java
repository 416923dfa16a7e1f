package io.millrace.filter.feel.closure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A path into a value; over a list, the list of what each element has there.
 *
 * @param everyStep whether each step enters a list anew ({@code a.b.c}), or only the first one does
 *     ({@code f(x).b.c}): so the engine has it
 */
record Path(Closure start, List<String> steps, boolean everyStep) implements Closure {

  /** One step from a name, which is mostly a context. */
  record Step(Closure name, String step, Path path) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object start = name.evaluate(evaluation);
      if (start instanceof Map<?, ?> context) {
        Object field = Properties.field(context, step);
        return field == Properties.ABSENT ? null : field;
      }
      return start == null ? null : path.evaluate(evaluation);
    }
  }

  /** One step from the name {@code event}, which mostly stands for the attributes. */
  record Attribute(String step, Closure path) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Map<String, Object> attributes = evaluation.variables.attributes();
      return attributes != null ? attributes.get(step) : path.evaluate(evaluation);
    }
  }

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    try {
      Object value = start.evaluate(evaluation);
      return everyStep ? stepwise(value, evaluation) : elementwise(value, evaluation);
    } catch (OverBudgetException e) {
      throw e;
    } catch (RuntimeException e) {
      // A date has no hour: null, as in the engine, and so is what failed before the path.
      return null;
    }
  }

  private @Nullable Object stepwise(@Nullable Object value, Evaluation evaluation) {
    Object current = value;
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i);
      if (current instanceof Map<?, ?> context) {
        Object field = Properties.field(context, step);
        current = field == Properties.ABSENT ? null : field;
      } else if (current instanceof Collection<?> elements) {
        evaluation.spend(1 + elements.size());
        List<@Nullable Object> found = new ArrayList<>(elements.size());
        elements.forEach(element -> found.add(Properties.orNull(element, step)));
        current = found;
      } else {
        current = Properties.orNull(current, step);
      }
    }
    return current;
  }

  private @Nullable Object elementwise(@Nullable Object value, Evaluation evaluation) {
    if (value instanceof List<?> elements) {
      evaluation.spend(1 + elements.size());
      List<@Nullable Object> found = new ArrayList<>(elements.size());
      elements.forEach(element -> found.add(follow(element)));
      return found;
    }
    return follow(value);
  }

  private @Nullable Object follow(@Nullable Object value) {
    Object current = value;
    for (int i = 0; i < steps.size(); i++) {
      current = Properties.orNull(current, steps.get(i));
    }
    return current;
  }
}
