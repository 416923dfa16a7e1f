package io.millrace.filter.feel.closure;

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
