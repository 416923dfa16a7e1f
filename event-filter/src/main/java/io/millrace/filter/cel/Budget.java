package io.millrace.filter.cel;

import java.util.function.LongSupplier;

/** What one evaluation may still cost. Belongs to one thread. */
final class Budget {

  /** Most values that an evaluation may look at; long texts count as many. */
  static final long MAX_STEPS = 100_000;

  /**
   * Longest time of an evaluation, where steps do not tell its cost: far above what any may take.
   */
  static final long MAX_NANOS = 500_000_000;

  /** Most work of an evaluation's regular expressions: characters times instructions. */
  static final long MAX_REGEX = 20_000_000;

  private static final int CLOCK_EVERY = 64;
  private static final int CHARACTERS_A_STEP = 64;

  private final LongSupplier nanos;
  private final long start;
  private long steps;
  private long calls;
  private long regex;

  Budget(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  void look() {
    charge(1);
  }

  void read(String text) {
    charge(1 + text.length() / CHARACTERS_A_STEP);
  }

  /** A text of so many characters is about to be made. */
  void text(long characters) {
    charge(1 + characters / CHARACTERS_A_STEP);
  }

  /** A list of so many elements is about to be made. */
  void list(long elements) {
    charge(1 + elements);
  }

  void match(String text, int program) {
    regex += (long) (text.length() + 1) * (program + 1);
    if (regex > MAX_REGEX) {
      throw new OverBudgetException("its regular expressions have too much to do");
    }
    look();
  }

  private void charge(long cost) {
    steps += cost;
    if (steps > MAX_STEPS) {
      throw new OverBudgetException("it looks at more than " + MAX_STEPS + " values");
    }
    if (++calls % CLOCK_EVERY == 0 && nanos.getAsLong() - start > MAX_NANOS) {
      throw new OverBudgetException("it takes longer than " + MAX_NANOS / 1_000_000 + " ms");
    }
  }
}
