package io.millrace.filter.cel;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CEL's functions that could cost much: {@code matches}, by RE2, and {@code +} of texts and lists.
 * Within the budget of the evaluation that this thread is in: the engine has no other way to tell a
 * function whom it works for.
 */
final class Bounded {

  /** Largest expression that is taken, in instructions of RE2. */
  static final int MAX_PROGRAM = 1_000;

  private record Work(Budget budget, Map<String, Pattern> patterns) {}

  private static final ThreadLocal<@Nullable Work> CURRENT = new ThreadLocal<>();

  private Bounded() {}

  @FunctionalInterface
  interface Evaluation {
    Object run() throws CelEvaluationException;
  }

  static Object with(Budget budget, Map<String, Pattern> patterns, Evaluation evaluation)
      throws CelEvaluationException {
    CURRENT.set(new Work(budget, patterns));
    try {
      return evaluation.run();
    } finally {
      CURRENT.remove();
    }
  }

  private static Work work() {
    Work work = CURRENT.get();
    if (work == null) {
      throw new IllegalStateException("outside of an evaluation");
    }
    return work;
  }

  static String concatenation(String left, String right) {
    work().budget.text((long) left.length() + right.length());
    return left.concat(right);
  }

  static List<Object> concatenation(List<?> left, List<?> right) {
    work().budget.list((long) left.size() + right.size());
    List<Object> all = new ArrayList<>(left.size() + right.size());
    all.addAll(left);
    all.addAll(right);
    return all;
  }

  static boolean matches(String text, String expression) {
    Work work = work();
    Pattern known = work.patterns.get(expression);
    Pattern pattern = known == null ? compile(expression) : known;
    work.budget.match(text, pattern.programSize());
    return pattern.matcher(text).find();
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if RE2 does not take it, or it is too large
   */
  static Pattern compile(String expression) {
    Pattern pattern = Pattern.compile(expression);
    if (pattern.programSize() > MAX_PROGRAM) {
      throw new IllegalArgumentException(
          "the regular expression has %d instructions, more than %d"
              .formatted(pattern.programSize(), MAX_PROGRAM));
    }
    return pattern;
  }
}
