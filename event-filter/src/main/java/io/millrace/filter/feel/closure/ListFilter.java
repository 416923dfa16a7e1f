package io.millrace.filter.feel.closure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code list[filter]}: an index, or a condition on each item.
 *
 * @param condition whether the filter is surely a condition
 * @param slot where the item is while the filter looks at it
 * @param cost steps for each item
 */
record ListFilter(Closure list, Closure filter, boolean condition, int slot, int cost)
    implements Closure {

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    Object value = list.evaluate(evaluation);
    List<?> items = value instanceof List<?> several ? several : Collections.singletonList(value);
    evaluation.spend(cost);
    Object outer = evaluation.locals[slot];
    try {
      if (!condition) {
        evaluation.locals[slot] = Properties.ABSENT;
        if (filter.evaluate(evaluation) instanceof Number index) {
          return at(items, index.intValue());
        }
      }
      return matching(items, evaluation);
    } catch (OverBudgetException e) {
      throw e;
    } catch (RuntimeException e) {
      // As in the engine, a filter that fails for one item is null for all.
      return null;
    } finally {
      evaluation.locals[slot] = outer;
    }
  }

  private static @Nullable Object at(List<?> items, int index) {
    if (index > 0 && index <= items.size()) {
      return items.get(index - 1);
    }
    return index < 0 && -(long) index <= items.size() ? items.get(items.size() + index) : null;
  }

  private List<@Nullable Object> matching(List<?> items, Evaluation evaluation) {
    List<@Nullable Object> found = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      evaluation.spend(cost);
      Object item = items.get(i);
      evaluation.locals[slot] = item;
      if (Boolean.TRUE.equals(filter.evaluate(evaluation))) {
        found.add(item);
      }
    }
    return found;
  }
}
