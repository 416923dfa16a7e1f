package io.millrace.gateway.auth;

import io.millrace.filter.audience.Viewer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, proven.
 *
 * @param tenant the tenant that the caller belongs to, where known
 * @param clientId the application that calls on the caller's behalf, where known
 */
public record Principal(
    String name, Set<String> roles, @Nullable String tenant, @Nullable String clientId) {

  /** May do everything. */
  public static final String ADMIN = Viewer.ADMIN;

  /** May say of an event who caused it, from where and by which application. */
  public static final String TRUSTED_PUBLISHER = "publisher-trusted";

  public Principal {
    roles = Set.copyOf(roles);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a principal needs a name");
    }
  }

  /** The same, as one who sees events. */
  public Viewer viewer() {
    return new Viewer(name, roles);
  }

  /** Whether it may do everything. */
  public boolean admin() {
    return roles.contains(ADMIN);
  }

  /** Whether what it says about an event's origin is believed. */
  public boolean trustedPublisher() {
    return admin() || roles.contains(TRUSTED_PUBLISHER);
  }
}
