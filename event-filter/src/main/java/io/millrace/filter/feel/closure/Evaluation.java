package io.millrace.filter.feel.closure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a program: variables, values of its own names, budget. Belongs to one thread. */
final class Evaluation {

  private static final Object[] NONE = {};

  final Variables variables;

  /** Values of names that the expression itself defines, by the slots of {@link Scope}. */
  final @Nullable Object[] locals;

  private final Budget budget;

  Evaluation(Variables variables, int slots, Budget budget) {
    this.variables = variables;
    this.locals = slots == 0 ? NONE : new Object[slots];
    this.budget = budget;
  }

  /** To evaluate while compiling, where there are no variables yet. */
  static Evaluation ofConstants() {
    return new Evaluation(Variables.of(Map.of()), 0, new Budget(System::nanoTime));
  }

  void spend(long steps) {
    budget.spend(steps);
  }
}
