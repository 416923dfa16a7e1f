package io.millrace.filter.feel.closure;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.runtime.Range;

/** {@code value in tests}: lists, ranges, unary tests and values. */
record In(Closure value, Closure tests) implements Closure {

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    Object wanted = value.evaluate(evaluation);
    Object test = tests.evaluate(evaluation);
    if (test == null) {
      return null;
    }
    if (test instanceof Collection<?> several) {
      evaluation.spend(several.size());
      for (Object one : several) {
        if (Boolean.TRUE.equals(accepts(one, wanted, evaluation))) {
          return true;
        }
      }
      return false;
    }
    return accepts(test, wanted, evaluation);
  }

  private static @Nullable Boolean accepts(
      @Nullable Object test, @Nullable Object value, Evaluation evaluation) {
    if (test == null) {
      return value == null;
    }
    if (test instanceof UnaryTest.Pending pending) {
      return pending.accepts(value);
    }
    if (test instanceof Range range) {
      return Ranges.includes(range, value);
    }
    return value != null && Comparison.same(value, test, evaluation);
  }

  /** {@code value in ("a", "b", …)}: the usual list of texts, by hash. */
  record Texts(Closure value, Set<String> texts) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object wanted = value.evaluate(evaluation);
      if (wanted instanceof String text) {
        return texts.contains(text);
      }
      // A list of one text is that text.
      return wanted instanceof Collection<?> list
          && list.size() == 1
          && list.iterator().next() instanceof String text
          && texts.contains(text);
    }
  }
}
