package io.millrace.filter;

import io.millrace.filter.cel.CelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.emitter.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CEL of one index: identical texts are compiled once, which takes a millisecond, and forgotten
 * with their last user. Belongs to whoever holds the index's lock.
 */
final class CelExpressions {

  private final Map<String, Shared> byText = new HashMap<>();

  private static final class Shared {

    final CelExpression expression;
    int users;

    Shared(CelExpression expression) {
      this.expression = expression;
    }
  }

  static CelExpression compile(String text) throws InvalidFilterException {
    try {
      return CelExpression.compile(text);
    } catch (InvalidExpressionException e) {
      String reason = "line %d, column %d: %s".formatted(e.line(), e.column(), e.reason());
      throw new InvalidFilterException(List.of(new Problem("cel", reason)));
    }
  }

  /** To be paired with one {@link #release}. */
  @Nullable CelExpression acquire(@Nullable String text) throws InvalidFilterException {
    if (text == null) {
      return null;
    }
    Shared shared = byText.get(text);
    if (shared == null) {
      shared = new Shared(compile(text));
      byText.put(text, shared);
    }
    shared.users++;
    return shared.expression;
  }

  void release(@Nullable String text) {
    if (text != null) {
      byText.computeIfPresent(text, (key, shared) -> --shared.users == 0 ? null : shared);
    }
  }

  int size() {
    return byText.size();
  }
}
