package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Pieces that compare two others. */
final class Compared {

  private Compared() {}

  record Ordered(Comparison comparison, Closure left, Closure right) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return comparison.test(left.evaluate(evaluation), right.evaluate(evaluation));
    }
  }

  /** With a number of the text on the right: by far the most common. */
  record OrderedToNumber(Comparison comparison, Closure left, BigDecimal bound) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object value = left.evaluate(evaluation);
      if (value instanceof BigDecimal number) {
        return comparison.holds(number.compareTo(bound));
      }
      return comparison.test(value, bound);
    }
  }

  /** With a string of the text on the right. */
  record EqualToText(Closure left, String text) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object value = left.evaluate(evaluation);
      if (value instanceof String string) {
        return text.equals(string);
      }
      return Comparison.equal(value, text, evaluation);
    }
  }

  static Closure ordered(Comparison comparison, Closure left, Closure right) {
    return right instanceof Constant constant && constant.value() instanceof BigDecimal bound
        ? new OrderedToNumber(comparison, left, bound)
        : new Ordered(comparison, left, right);
  }

  static Closure equal(Closure left, Closure right) {
    return right instanceof Constant constant && constant.value() instanceof String text
        ? new EqualToText(left, text)
        : new Equal(left, right);
  }

  record Equal(Closure left, Closure right) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return Comparison.equal(left.evaluate(evaluation), right.evaluate(evaluation), evaluation);
    }
  }

  record Unequal(Closure left, Closure right) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Boolean equal =
          Comparison.equal(left.evaluate(evaluation), right.evaluate(evaluation), evaluation);
      return equal == null ? null : !equal;
    }
  }

  record Between(Closure value, Closure low, Closure high) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object v = value.evaluate(evaluation);
      Object l = low.evaluate(evaluation);
      Object h = high.evaluate(evaluation);
      if (v == null || l == null || h == null) {
        return null;
      }
      return Logic.and(Comparison.GE.test(v, l), Comparison.LE.test(v, h));
    }
  }
}
