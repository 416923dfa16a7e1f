package io.millrace.filter.feel.closure;

import java.util.function.LongSupplier;

/**
 * What one evaluation may still cost: steps, each of them some ten to hundred nanoseconds, and
 * time. Most evaluations take so few steps that they never read the clock. Belongs to one thread.
 */
public final class Budget {

  /** Most steps that an evaluation may take. */
  public static final long MAX_STEPS = 200_000;

  /** Longest string that an expression may build, in characters. */
  public static final int MAX_STRING = 1 << 20;

  /**
   * Longest time that an evaluation may take, in nanoseconds: below the 50 ms that are promised.
   */
  public static final long MAX_NANOS = 40_000_000;

  private static final long CLOCK_EVERY = 256;

  private final LongSupplier nanos;
  private long spent;
  private long next = CLOCK_EVERY;
  private long started;
  private boolean timed;

  /**
   * A fresh budget.
   *
   * @param nanos a clock like {@link System#nanoTime()}
   */
  public Budget(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void spend(long steps) {
    spent += steps;
    if (spent >= next) {
      check();
    }
  }

  private void check() {
    if (spent > MAX_STEPS) {
      throw new OverBudgetException("the expression takes too many steps");
    }
    long now = nanos.getAsLong();
    if (!timed) {
      timed = true;
      started = now;
    } else if (now - started > MAX_NANOS) {
      throw new OverBudgetException("the expression takes too long");
    }
    next = spent + CLOCK_EVERY;
  }
}
