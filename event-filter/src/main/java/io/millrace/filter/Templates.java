package io.millrace.filter;

import io.millrace.filter.Expressions.Shared;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.predicate.Demand;
import io.millrace.filter.predicate.Shape;
import io.millrace.filter.predicate.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an expression demands, and parses it only if no other of its shape was parsed before.
 * The engine's trees are dropped where the demand is all there is to know.
 */
final class Templates {

  private static final int MAX_SHAPES = 10_000;

  private final Rests rests;

  /** By text of the shape; empty if nothing can be gained. */
  private final Map<String, Optional<Template>> byShape =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Template>> eldest) {
          return size() > MAX_SHAPES;
        }
      };

  Templates(Rests rests) {
    this.rests = rests;
  }

  Shared share(String text) throws InvalidFilterException {
    Shape shape = text.length() > FeelExpression.MAX_LENGTH ? null : Shape.of(text);
    Optional<Template> template = shape == null ? null : byShape.get(shape.text());
    if (shape != null && template != null && template.isPresent()) {
      return new Shared(text, template.get().with(shape.literals()), null);
    }
    FeelExpression expression = Expressions.compile(text);
    Demand demand = expression.demand();
    if (shape != null && template == null) {
      byShape.put(shape.text(), demand.exact() ? template(shape) : Optional.empty());
    }
    return new Shared(text, demand, demand.exact() ? null : rests.acquire(expression.rest()));
  }

  private static Optional<Template> template(Shape shape) {
    try {
      return Optional.ofNullable(Template.of(shape, FeelExpression.compile(shape.text()).demand()));
    } catch (InvalidExpressionException e) {
      return Optional.empty();
    }
  }
}
