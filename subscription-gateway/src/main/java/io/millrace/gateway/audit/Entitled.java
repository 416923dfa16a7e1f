package io.millrace.gateway.audit;

import io.cloudevents.jackson.JsonFormat;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.filter.audience.Viewer;
import io.millrace.model.audit.AuditEntry;
import java.util.function.Predicate;

/** Whether somebody may see, by the rules of now, what was recorded for him. */
record Entitled(RulesInForce rules, Viewer viewer) implements Predicate<AuditEntry> {

  private static final JsonFormat FORMAT = new JsonFormat();

  @Override
  public boolean test(AuditEntry entry) {
    if (viewer.admin() || rules.get().everybodySeesAll()) {
      return true;
    }
    try {
      return rules.of(FORMAT.deserialize(entry.event())).admits(viewer);
    } catch (RuntimeException e) {
      return false; // What it is about cannot be told.
    }
  }
}
