package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/**
 * {@code some … satisfies} or {@code every … satisfies}.
 *
 * @param decisive the value of the condition that ends the search: true for {@code some}
 * @param cost steps for each round
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
record Quantified(Boolean decisive, Iteration[] iterations, Closure condition, int cost)
    implements Closure {

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    evaluation.spend(cost);
    // All domains are known before the first round, as in the engine: none depends on another.
    for (Iteration iteration : iterations) {
      evaluation.locals[iteration.slot()] = null;
    }
    Iterable<?>[] domains = new Iterable<?>[iterations.length];
    for (int i = 0; i < iterations.length; i++) {
      domains[i] = iterations[i].elements(evaluation);
    }
    return decides(0, domains, evaluation) ? decisive : !decisive;
  }

  private boolean decides(int depth, Iterable<?>[] domains, Evaluation evaluation) {
    for (Object value : domains[depth]) {
      evaluation.spend(cost);
      evaluation.locals[iterations[depth].slot()] = value;
      if (depth < iterations.length - 1) {
        if (decides(depth + 1, domains, evaluation)) {
          return true;
        }
        // A condition that is no boolean is an error, as in the engine, not a null.
      } else if (decisive.equals((Boolean) condition.evaluate(evaluation))) {
        return true;
      }
    }
    return false;
  }
}
