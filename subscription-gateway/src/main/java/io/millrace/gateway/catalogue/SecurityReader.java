package io.millrace.gateway.catalogue;

import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.security.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who may receive and publish. */
final class SecurityReader {

  private static final Set<String> DIRECTIONS = Set.of("receive", "publish");
  private static final Set<String> FIELDS = Set.of("roles", "users", "condition", "replaces");

  private SecurityReader() {}

  /** What stands under {@code security}. */
  record Read(@Nullable Permission receive, @Nullable Permission publish) {

    boolean saysNothing() {
      return receive == null && publish == null;
    }
  }

  static Read read(Section parent) {
    Section security = parent.object("security", DIRECTIONS);
    if (security == null) {
      return new Read(null, null);
    }
    if (!security.has("receive") && !security.has("publish")) {
      parent.problem("security", "must say who may receive or publish");
    }
    return new Read(permission(security, "receive"), permission(security, "publish"));
  }

  private static @Nullable Permission permission(Section security, String direction) {
    Section section = security.object(direction, FIELDS);
    if (section == null) {
      return null;
    }
    boolean named = section.has("roles") || section.has("users");
    String condition = section.text("condition");
    if (!named && condition == null) {
      security.problem(direction, "must name roles, users or a condition");
    }
    if (condition != null) {
      check(section, condition);
    }
    // A condition alone asks nothing of who the viewer is.
    List<String> roles = named ? section.texts("roles") : List.of(Permission.EVERYBODY);
    return new Permission(
        new HashSet<>(roles),
        new HashSet<>(section.texts("users")),
        condition,
        section.flag("replaces", false));
  }

  private static void check(Section section, String condition) {
    try {
      FeelExpression unused = FeelExpression.compile(condition);
    } catch (InvalidExpressionException e) {
      section.problem(
          "condition",
          "is no FEEL that can be used: line %d, column %d: %s"
              .formatted(e.line(), e.column(), e.reason()));
    }
  }
}
