package io.millrace.filter.feel.closure;

/** What one evaluation may cost. */
public final class Budget {

  /** Most steps that an evaluation may take, each of them some ten to hundred nanoseconds. */
  public static final long MAX_STEPS = 200_000;

  /** Longest string that an expression may build, in characters. */
  public static final int MAX_STRING = 1 << 20;

  /**
   * Longest time that an evaluation may take, in nanoseconds: below the 50 ms that are promised.
   */
  public static final long MAX_NANOS = 30_000_000;

  /** So many steps are taken between two looks at the clock. */
  static final long CLOCK_EVERY = 64;

  private Budget() {}
}
