package io.millrace.filter.feel.closure;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code for … return …}.
 *
 * @param partial the slot of the results so far
 * @param cost steps for each round
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
record For(Iteration[] iterations, Closure body, int partial, int cost) implements Closure {

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    evaluation.spend(cost);
    List<@Nullable Object> results = new ArrayList<>();
    evaluation.locals[partial] = results;
    return run(0, results, evaluation) ? results : null;
  }

  /** False if one of the domains is none: then the whole is null. */
  private boolean run(int depth, List<@Nullable Object> results, Evaluation evaluation) {
    Iteration iteration = iterations[depth];
    Iterator<?> values = iteration.values(evaluation);
    if (values == null) {
      return false;
    }
    while (values.hasNext()) {
      evaluation.spend(cost);
      evaluation.locals[iteration.slot()] = values.next();
      if (depth == iterations.length - 1) {
        results.add(body.evaluate(evaluation));
      } else if (!run(depth + 1, results, evaluation)) {
        return false;
      }
    }
    return true;
  }
}
