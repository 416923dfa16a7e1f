package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.ast.infixexecutors.InfixExecutorUtils;

/** An arithmetic operator on two pieces; numbers here, all else by the engine's rules. */
record Arithmetic(InfixOperator operator, Closure left, Closure right) implements Closure {

  // exp(14200) is about 10 to the 6167: what comes after is out of range anyway.
  private static final double MAX_EXPONENT = 6200;

  @Override
  public @Nullable Object evaluate(Evaluation evaluation) {
    Object l = left.evaluate(evaluation);
    Object r = right.evaluate(evaluation);
    if (l instanceof BigDecimal a && r instanceof BigDecimal b) {
      return Numbers.bounded(numbers(a, b));
    }
    if (l == null || r == null) {
      return null;
    }
    if (l instanceof String a && r instanceof String b) {
      return operator == InfixOperator.ADD ? Strings.join(a, b, evaluation) : null;
    }
    if (l instanceof LocalDate date && r instanceof Duration duration) {
      if (operator == InfixOperator.ADD) {
        return InfixExecutorUtils.addLocalDateAndDuration(date, duration);
      } else if (operator == InfixOperator.SUB) {
        return date.atStartOfDay().minus(duration).toLocalDate();
      }
    }
    evaluation.spend(4);
    return Numbers.bounded(operator.evaluate(l, r, Nothing.NOTHING));
  }

  private @Nullable Object numbers(BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case ADD -> a.add(b, MathContext.DECIMAL128);
      case SUB -> a.subtract(b, MathContext.DECIMAL128);
      case MULT -> a.multiply(b, MathContext.DECIMAL128);
      case DIV -> b.signum() == 0 ? null : a.divide(b, MathContext.DECIMAL128);
      default -> power(a, b);
    };
  }

  private @Nullable Object power(BigDecimal base, BigDecimal exponent) {
    if (base.signum() != 0) {
      double digits = Math.max(Math.abs(log10(base)), 1e-30) * Math.abs(exponent.doubleValue());
      boolean root = exponent.stripTrailingZeros().scale() > 0;
      if (!(digits < MAX_EXPONENT)
          || Numbers.exponent(exponent) > 30
          || (root && !(Numbers.isModest(base) && Numbers.isModest(exponent)))) {
        throw new OverBudgetException("a power is out of range");
      }
    }
    return operator.evaluate(base, exponent, Nothing.NOTHING);
  }

  private static double log10(BigDecimal number) {
    double mantissa = number.abs().scaleByPowerOfTen((int) -Numbers.exponent(number)).doubleValue();
    return Math.log10(mantissa) + Numbers.exponent(number);
  }
}
