package io.millrace.filter.audience;

import java.util.Set;

/**
 * Somebody who may or may not see an event.
 *
 * @param name the user's name
 * @param roles all that the user has
 */
public record Viewer(String name, Set<String> roles) {

  public Viewer {
    roles = Set.copyOf(roles);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a viewer needs a name");
    }
  }
}
