package io.millrace.filter;

import io.millrace.filter.cel.CelExpression;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.Explanation;
import io.millrace.filter.feel.Outcome;
import io.millrace.filter.predicate.Condition;
import io.millrace.model.acronis.AcronisAttributes;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.event.Extensions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A selector, compiled. Immutable, but for the tenants, which it asks for each event. */
final class Selection {

  private static final Explanation NOTHING_SAID = new Explanation(Outcome.TRUE, List.of());

  private final Selector selector;
  private final Tenants tenants;
  private final @Nullable CelExpression cel;

  private Selection(Selector selector, Tenants tenants, @Nullable CelExpression cel) {
    this.selector = selector;
    this.tenants = tenants;
    this.cel = cel;
  }

  /** Of a selector and its CEL, if it has some. */
  static Selection of(Selector selector, Tenants tenants, @Nullable CelExpression cel) {
    return new Selection(selector, tenants, cel);
  }

  static Selection of(Selector selector, Tenants tenants) throws InvalidFilterException {
    String text = selector.cel();
    return new Selection(selector, tenants, text == null ? null : CelExpressions.compile(text));
  }

  /**
   * What an index can look up.
   *
   * @param exact whether nothing is left to be asked where one of the alternatives holds
   */
  record Demanded(List<List<Condition>> alternatives, boolean exact) {}

  /** These alternatives, each with what this demands too. */
  Demanded demand(List<List<Condition>> others) {
    if (selector.equals(Selector.EVERYTHING)) {
      return new Demanded(others, true);
    }
    var demand = new SelectionDemand(selector);
    return new Demanded(demand.and(others), demand.exact() && cel == null);
  }

  /** What all parts say of the event; never throws. */
  Outcome outcome(EventView event) {
    if (!Selector.matches(selector.types(), event.type())
        || !Selector.matches(selector.subjectTypes(), subjectType(event))
        || !tenantReached(event)) {
      return Outcome.NOT_TRUE;
    }
    return cel == null ? Outcome.TRUE : cel.evaluate(event);
  }

  /** Which part decided; without reasons where everything is accepted. */
  Explanation explain(EventView event) {
    if (selector.equals(Selector.EVERYTHING)) {
      return NOTHING_SAID;
    }
    if (!Selector.matches(selector.types(), event.type())) {
      return not("type did not match: %s is none of %s".formatted(event.type(), selector.types()));
    }
    if (!Selector.matches(selector.subjectTypes(), subjectType(event))) {
      return not(
          "subject type did not match: %s is none of %s"
              .formatted(subjectType(event), selector.subjectTypes()));
    }
    if (!tenantReached(event)) {
      return not(
          "tenant did not match: %s is not in %s".formatted(tenant(event), selector.tenants()));
    }
    Outcome said = cel == null ? Outcome.TRUE : cel.evaluate(event);
    return switch (said) {
      case TRUE -> new Explanation(Outcome.TRUE, List.of("the selector accepts it"));
      case NOT_TRUE -> not("`" + cel + "` was not true");
      case FAILED ->
          new Explanation(Outcome.FAILED, List.of("`" + cel + "` could not be evaluated"));
    };
  }

  private boolean tenantReached(EventView event) {
    TenantScope scope = selector.tenants();
    String tenant = scope == null ? null : tenant(event);
    return scope == null || (tenant != null && tenants.reaches(scope, tenant));
  }

  private static @Nullable String tenant(EventView event) {
    return event.attribute(Extensions.TENANT_ID) instanceof String text ? text : null;
  }

  private static @Nullable String subjectType(EventView event) {
    return event.attribute(AcronisAttributes.SUBJECT_TYPE) instanceof String text ? text : null;
  }

  private static Explanation not(String reason) {
    return new Explanation(Outcome.NOT_TRUE, List.of(reason));
  }
}
