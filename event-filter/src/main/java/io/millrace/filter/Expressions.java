package io.millrace.filter;

import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.predicate.Demand;
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
  private final Rests rests = new Rests();
  private final Templates templates = new Templates(rests);

  static FeelExpression compile(String text) throws InvalidFilterException {
    try {
      return FeelExpression.compile(text);
    } catch (InvalidExpressionException e) {
      String reason = "line %d, column %d: %s".formatted(e.line(), e.column(), e.reason());
      throw new InvalidFilterException(List.of(new Problem("filter", reason)));
    }
  }

  /** To be paired with one {@link #release}. */
  @Nullable Shared acquire(@Nullable String text) throws InvalidFilterException {
    if (text == null) {
      return null;
    }
    Shared shared = byText.get(text);
    if (shared == null) {
      shared = templates.share(text);
      byText.put(text, shared);
    }
    shared.users++;
    return shared;
  }

  void release(@Nullable Shared shared) {
    if (shared != null && --shared.users == 0) {
      byText.remove(shared.text);
      rests.release(shared.rest);
    }
  }

  int size() {
    return byText.size();
  }

  /** An expression, as several filters have it. */
  static final class Shared {

    final Demand demand;

    /** What is left to evaluate where the demand is met; null if that is enough. */
    final @Nullable FeelExpression rest;

    private final String text;
    private int users;

    Shared(String text, Demand demand, @Nullable FeelExpression rest) {
      this.text = text;
      this.demand = demand;
      this.rest = rest;
    }
  }
}
