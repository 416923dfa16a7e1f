package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.runtime.Range;

/**
 * How big a value is for one who walks all of it, shared parts each time anew: a list that holds
 * one list twice, which holds one twice, and so on, is small in memory and endless to walk. To be
 * charged before the engine is given a value that it walks. It refuses what is no FEEL value, too:
 * on that the engine would use reflection.
 */
final class Weight {

  private static final int MAX_DEPTH = 200;

  private Weight() {}

  static void charge(@Nullable Object value, Evaluation evaluation) {
    charge(value, 0, evaluation);
  }

  /** The value itself, without what it holds. */
  static void chargeTop(@Nullable Object value, Evaluation evaluation) {
    if (value instanceof Collection<?> list) {
      evaluation.spend(1 + list.size() / 8);
    } else if (value instanceof Map<?, ?> context) {
      evaluation.spend(1 + context.size() / 8);
    } else {
      chargeLeaf(value, evaluation);
    }
  }

  private static void charge(@Nullable Object value, int depth, Evaluation evaluation) {
    if (depth > MAX_DEPTH) {
      throw new OverBudgetException("a value is nested too deep");
    }
    if (value instanceof Collection<?> list) {
      evaluation.spend(1);
      for (Object element : list) {
        charge(element, depth + 1, evaluation);
      }
    } else if (value instanceof Map<?, ?> context) {
      evaluation.spend(1);
      for (Object element : context.values()) {
        charge(element, depth + 1, evaluation);
      }
    } else {
      chargeLeaf(value, evaluation);
    }
  }

  private static void chargeLeaf(@Nullable Object value, Evaluation evaluation) {
    if (value instanceof String text) {
      evaluation.spend(1 + text.length() / Strings.STEP);
    } else if (value instanceof BigDecimal number) {
      Numbers.bounded(number);
      evaluation.spend(1 + Math.abs(number.scale()) / 1024);
    } else if (isLeaf(value)) {
      evaluation.spend(1);
    } else {
      throw new OverBudgetException("functions and tests are not values that a filter passes on");
    }
  }

  private static boolean isLeaf(@Nullable Object value) {
    return value == null
        || value instanceof Boolean
        || value instanceof TemporalAccessor
        || value instanceof Duration
        || value instanceof ChronoPeriod
        || value instanceof Range;
  }
}
