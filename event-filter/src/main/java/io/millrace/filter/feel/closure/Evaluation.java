package io.millrace.filter.feel.closure;

import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program: variables, values of its own names, and what of the {@link Budget} is
 * spent. Most evaluations take so few steps that they never read the clock. Belongs to one thread.
 */
final class Evaluation {

  private static final Object[] NONE = {};

  final Variables variables;

  /** Values of names that the expression itself defines, by the slots of {@link Scope}. */
  final @Nullable Object[] locals;

  private final LongSupplier nanos;
  private long spent;
  private long next = Budget.CLOCK_EVERY;
  private long started;
  private boolean timed;

  Evaluation(Variables variables, int slots, LongSupplier nanos) {
    this.variables = variables;
    this.locals = slots == 0 ? NONE : new Object[slots];
    this.nanos = nanos;
  }

  /** To evaluate while compiling, where there are no variables yet. */
  static Evaluation ofConstants() {
    return new Evaluation(Variables.of(Map.of()), 0, System::nanoTime);
  }

  /**
   * To be called before the work is done.
   *
   * @throws OverBudgetException if that is more than the budget
   */
  void spend(long steps) {
    spent += steps;
    if (spent >= next) {
      check();
    }
  }

  private void check() {
    if (spent > Budget.MAX_STEPS) {
      throw new OverBudgetException("the expression takes too many steps");
    }
    long now = nanos.getAsLong();
    if (!timed) {
      timed = true;
      started = now;
    } else if (now - started > Budget.MAX_NANOS) {
      throw new OverBudgetException("the expression takes too long");
    }
    next = spent + Budget.CLOCK_EVERY;
  }
}
