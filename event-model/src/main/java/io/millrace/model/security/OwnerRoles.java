package io.millrace.model.security;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the roles of a user who has emitters.
 *
 * @param roles all that the user has
 * @param until from when on nothing is known any more, because roles that an issuer's token told
 *     grow old; absent where a users file tells them
 */
public record OwnerRoles(Set<String> roles, @Nullable Instant until) {

  public OwnerRoles {
    roles = Set.copyOf(roles);
  }

  /** Whether it still counts. */
  public boolean holdsAt(Instant now) {
    return until == null || now.isBefore(until);
  }
}
