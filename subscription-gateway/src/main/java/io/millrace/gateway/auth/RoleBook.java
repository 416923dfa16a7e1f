package io.millrace.gateway.auth;

import java.util.Optional;
import java.util.Set;

/** The roles of users that the gateway knows by itself. Quick; safe for use by several threads. */
@FunctionalInterface
public interface RoleBook {

  /** All that a user has, by password or token; empty if the user is not known here, or no more. */
  Optional<Set<String>> roles(String user);
}
