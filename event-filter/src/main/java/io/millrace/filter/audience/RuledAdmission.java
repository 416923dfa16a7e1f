package io.millrace.filter.audience;

import io.millrace.filter.event.EventView;
import java.util.List;

/** What the rules of an event's topic say. Safe for use by several threads. */
final class RuledAdmission implements Admission {

  private final List<CompiledPermission> rules;
  private final EventView event;

  RuledAdmission(List<CompiledPermission> rules, EventView event) {
    this.rules = rules;
    this.event = event;
  }

  @Override
  public boolean admits(Viewer viewer) {
    return viewer.admin() || rules.stream().allMatch(rule -> admits(rule, viewer));
  }

  private boolean admits(CompiledPermission rule, Viewer viewer) {
    if (rule.unconditional()) {
      return rule.admitsTo(viewer);
    }
    // What a condition reads of the event is worked out in its view, which belongs to one thread.
    synchronized (event) {
      return rule.admits(viewer, event);
    }
  }
}
