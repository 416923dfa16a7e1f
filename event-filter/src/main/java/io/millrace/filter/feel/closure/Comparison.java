package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.ast.dialectHandlers.DefaultDialectHandler;

/**
 * FEEL's comparisons, with the types that events have first. What is left goes to the engine's own
 * rules (DMN 1.5, tables 49 to 51).
 */
enum Comparison {
  LT(InfixOperator.LT),
  LE(InfixOperator.LTE),
  GT(InfixOperator.GT),
  GE(InfixOperator.GTE);

  private final InfixOperator operator;

  Comparison(InfixOperator operator) {
    this.operator = operator;
  }

  boolean holds(int order) {
    return switch (this) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  @Nullable Boolean test(@Nullable Object left, @Nullable Object right) {
    if (left instanceof BigDecimal l && right instanceof BigDecimal r) {
      return holds(l.compareTo(r));
    }
    if (left instanceof String l && right instanceof String r) {
      return holds(l.compareTo(r));
    }
    if (left instanceof LocalDate l && right instanceof LocalDate r) {
      return holds(l.compareTo(r));
    }
    if ((left == null && !(right instanceof Boolean))
        || (right == null && !(left instanceof Boolean))) {
      return null;
    }
    return (Boolean) operator.evaluate(left, right, Nothing.NOTHING);
  }

  /** FEEL's {@code =}: null if the types have nothing in common. */
  static @Nullable Boolean equal(
      @Nullable Object left, @Nullable Object right, Evaluation evaluation) {
    if (left instanceof String l && right instanceof String r) {
      return l.equals(r);
    }
    if (left instanceof BigDecimal l && right instanceof BigDecimal r) {
      return l.compareTo(r) == 0;
    }
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof UnaryTest.Pending l && right instanceof UnaryTest.Pending r) {
      return l.isLike(r);
    }
    weigh(left, right, evaluation);
    return DefaultDialectHandler.isEqual(left, right, () -> Boolean.FALSE, () -> null);
  }

  /** How {@code in} compares: false where {@code =} is null. */
  static boolean same(@Nullable Object left, @Nullable Object right, Evaluation evaluation) {
    if (left instanceof String l) {
      return l.equals(right);
    }
    return left == null ? right == null : Boolean.TRUE.equals(equal(left, right, evaluation));
  }

  private static void weigh(Object left, Object right, Evaluation evaluation) {
    if ((left instanceof Collection && right instanceof Collection)
        || (left instanceof Map && right instanceof Map)) {
      Weight.charge(left, evaluation);
      Weight.charge(right, evaluation);
    }
  }
}
