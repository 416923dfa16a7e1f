package io.millrace.filter.audience;

import java.util.Set;

/**
 * Somebody who may or may not see an event.
 *
 * @param name the user's name
 * @param roles all that the user has
 */
public record Viewer(String name, Set<String> roles) {

  /** The role that no rule keeps anything from. */
  public static final String ADMIN = "admin";

  /**
   * Somebody of whom nothing is known, or no longer: sees what is open to everybody. No user has
   * that name, nor can a rule name it.
   */
  public static final Viewer STRANGER = new Viewer("\0", Set.of());

  public Viewer {
    roles = Set.copyOf(roles);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a viewer needs a name");
    }
  }

  /** Whether no rule keeps anything from it. */
  public boolean admin() {
    return roles.contains(ADMIN);
  }
}
