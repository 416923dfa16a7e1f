package io.millrace.filter.audience;

import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.security.Permission;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A permission, ready to be asked. Immutable. */
final class CompiledPermission {

  private static final String VIEWER = "viewer";

  private final Permission permission;
  private final boolean everybody;
  private final @Nullable FeelExpression condition;

  private CompiledPermission(Permission permission, @Nullable FeelExpression condition) {
    this.permission = permission;
    this.everybody = permission.roles().contains(Permission.EVERYBODY);
    this.condition = condition;
  }

  static CompiledPermission of(Permission permission) throws InvalidExpressionException {
    String text = permission.condition();
    return new CompiledPermission(permission, text == null ? null : FeelExpression.compile(text));
  }

  boolean replaces() {
    return permission.replaces();
  }

  /** Whether it admits to every event, or to none, whatever is in it. */
  boolean unconditional() {
    return condition == null;
  }

  /** Whether it admits to events of which the condition holds. */
  boolean admitsTo(Viewer viewer) {
    if (viewer.equals(Viewer.STRANGER)) {
      return everybody && condition == null;
    }
    return everybody
        || permission.users().contains(viewer.name())
        || !Collections.disjoint(permission.roles(), viewer.roles());
  }

  boolean admits(Viewer viewer, EventView event) {
    return admitsTo(viewer)
        && (condition == null || condition.evaluate(event, variables(viewer)) == Outcome.TRUE);
  }

  private static Map<String, Object> variables(Viewer viewer) {
    List<String> roles = viewer.roles().stream().sorted().toList();
    return Map.of(VIEWER, Map.of("name", viewer.name(), "roles", roles));
  }
}
