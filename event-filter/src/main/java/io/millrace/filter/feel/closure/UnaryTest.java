package io.millrace.filter.feel.closure;

import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.UnaryTestNode.UnaryOperator;
import org.kie.dmn.feel.lang.ast.dialectHandlers.DefaultDialectHandler;

/**
 * A test such as {@code != 3} that waits for the value left of {@code in}.
 *
 * @param operator null for the dash, which accepts anything
 * @param slot where {@code ?} has its value
 */
record UnaryTest(@Nullable UnaryOperator operator, Closure right, int slot) implements Closure {

  static final UnaryTest DASH = new UnaryTest(null, Constant.NULL, -1);

  @Override
  public Object evaluate(Evaluation evaluation) {
    return new Pending(this, evaluation);
  }

  /** A test as a value; no function takes it. */
  record Pending(UnaryTest test, Evaluation evaluation) {
    @Nullable Boolean accepts(@Nullable Object value) {
      return test.accepts(value, evaluation);
    }

    /** Whether both ask for the same, as far as literals show it. */
    boolean isLike(Pending other) {
      return test.operator == other.test.operator && test.right.equals(other.test.right);
    }
  }

  private @Nullable Boolean accepts(@Nullable Object left, Evaluation evaluation) {
    if (operator == null) {
      return true;
    }
    evaluation.locals[slot] = left;
    Object value = right.evaluate(evaluation);
    return switch (operator) {
      case EQ -> equal(left, value, evaluation);
      case NE -> !equal(left, value, evaluation);
      case LT -> Boolean.TRUE.equals(Comparison.LT.test(left, value));
      case LTE -> Boolean.TRUE.equals(Comparison.LE.test(left, value));
      case GT -> Boolean.TRUE.equals(Comparison.GT.test(left, value));
      case GTE -> Boolean.TRUE.equals(Comparison.GE.test(left, value));
      default -> throw new IllegalStateException("no such test in an expression: " + operator);
    };
  }

  private static boolean equal(
      @Nullable Object left, @Nullable Object right, Evaluation evaluation) {
    Weight.charge(left, evaluation);
    Weight.charge(right, evaluation);
    if (left instanceof Collection<?> l && right instanceof Collection<?> r) {
      return inOrder(l, r);
    }
    if (right instanceof Collection<?> r) {
      return r.stream().anyMatch(element -> same(element, left));
    }
    return same(left, right);
  }

  private static boolean inOrder(Collection<?> left, Collection<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> other = right.iterator();
    return left.stream().allMatch(element -> same(element, other.next()));
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    return Boolean.TRUE.equals(
        DefaultDialectHandler.isEqual(
            left, right, () -> left == null && right == null, () -> Boolean.FALSE));
  }
}
