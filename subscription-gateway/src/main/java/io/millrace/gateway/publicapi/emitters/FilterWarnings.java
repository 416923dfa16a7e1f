package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.feel.Warning;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.model.emitter.EventFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What looks wrong in a filter that can be used, by the fields that the catalogue tells. */
public final class FilterWarnings {

  private final Supplier<Catalogue> catalogue;

  public FilterWarnings(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  /** Adds {@code warnings}, each with line, column and reason; nothing if there are none. */
  public void addTo(ObjectNode node, EventFilter filter) {
    List<Warning> warnings = of(filter);
    if (!warnings.isEmpty()) {
      ArrayNode list = node.putArray("warnings");
      for (Warning warning : warnings) {
        ObjectNode one = list.addObject();
        one.put("line", warning.line()).put("column", warning.column());
        one.put("reason", warning.reason());
      }
    }
  }

  private List<Warning> of(EventFilter filter) {
    String text = filter.expression();
    Optional<Set<String>> known = catalogue.get().fieldsOf(filter.topics(), filter.messages());
    if (text == null || known.isEmpty()) {
      return List.of();
    }
    try {
      return FeelExpression.compile(text).warnings(known.get());
    } catch (InvalidExpressionException e) {
      return List.of(); // A problem, and no warning.
    }
  }
}
