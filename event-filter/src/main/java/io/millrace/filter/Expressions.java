package io.millrace.filter;

import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.emitter.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one index: identical texts are compiled once and forgotten with their last
 * user. Belongs to whoever holds the index's lock.
 */
final class Expressions {

  private final Map<String, Shared> byText = new HashMap<>();

  static @Nullable FeelExpression compile(@Nullable String text) throws InvalidFilterException {
    if (text == null) {
      return null;
    }
    try {
      return FeelExpression.compile(text);
    } catch (InvalidExpressionException e) {
      String reason = "line %d, column %d: %s".formatted(e.line(), e.column(), e.reason());
      throw new InvalidFilterException(List.of(new Problem("filter", reason)));
    }
  }

  /** To be paired with one {@link #release}. */
  @Nullable FeelExpression acquire(@Nullable String text) throws InvalidFilterException {
    if (text == null) {
      return null;
    }
    Shared shared = byText.get(text);
    if (shared == null) {
      FeelExpression compiled = compile(text);
      shared = new Shared(compiled);
      byText.put(text, shared);
    }
    shared.users++;
    return shared.expression;
  }

  void release(@Nullable String text) {
    Shared shared = text == null ? null : byText.get(text);
    if (shared != null && --shared.users == 0) {
      byText.remove(text);
    }
  }

  int size() {
    return byText.size();
  }

  private static final class Shared {

    final @Nullable FeelExpression expression;
    int users;

    Shared(@Nullable FeelExpression expression) {
      this.expression = expression;
    }
  }
}
