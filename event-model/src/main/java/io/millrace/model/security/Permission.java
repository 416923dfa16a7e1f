package io.millrace.model.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a rule admits: those who have one of the roles or are one of the users, if the condition
 * holds too. Without roles and users: nobody.
 *
 * @param roles one of them is enough; {@value #EVERYBODY} is everybody's
 * @param users names
 * @param condition FEEL over the event and {@code viewer}, which must be {@code true}; absent for
 *     every event
 * @param replaces whether the rules above do not count here; else they must admit too
 */
public record Permission(
    Set<String> roles, Set<String> users, @Nullable String condition, boolean replaces) {

  /** The role that everybody has. */
  public static final String EVERYBODY = "*";

  public Permission {
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
  }

  /** One of the roles is enough, for every event, beside what the rules above say. */
  public static Permission ofRoles(String... roles) {
    return new Permission(Set.of(roles), Set.of(), null, false);
  }

  /** The same, and the rules above do not count. */
  public Permission replacing() {
    return new Permission(roles, users, condition, true);
  }

  /** The same, for events of which the condition holds. */
  public Permission when(String condition) {
    return new Permission(roles, users, condition, replaces);
  }
}
