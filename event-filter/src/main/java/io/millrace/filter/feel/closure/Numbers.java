package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of numbers. FEEL's are decimal128; the engine lets exponents grow until one addition of
 * two numbers far apart fills the memory with digits.
 */
public final class Numbers {

  // Of decimal128 is 6144; products and quotients of two such numbers are let pass, no more.
  private static final int MAX_SCALE = 2 * 6144 + 100;

  /** Longest text of a number that is parsed, in characters: longer ones cost quadratic time. */
  static final int MAX_TEXT = 6500;

  private static final long MAX_MODEST = 300;

  private Numbers() {}

  /** Whether a number can be calculated with at a bounded cost. */
  public static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_SCALE;
  }

  /** The value, if it is not a number out of bounds. */
  static @Nullable Object bounded(@Nullable Object value) {
    if (value instanceof BigDecimal number && !isBounded(number)) {
      throw new OverBudgetException("a number is out of range");
    }
    return value;
  }

  /** Whether a series such as a logarithm comes to its end soon. */
  static boolean isModest(BigDecimal number) {
    return Math.abs(exponent(number)) <= MAX_MODEST && number.precision() <= MAX_MODEST;
  }

  /** The decimal exponent: 2 for 100. */
  static long exponent(BigDecimal number) {
    return (long) number.precision() - number.scale() - 1;
  }
}
