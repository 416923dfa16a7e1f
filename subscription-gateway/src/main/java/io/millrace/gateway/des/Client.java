package io.millrace.gateway.des;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.auth.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a session.
 *
 * @param credentials as the header {@code Authorization} has them; never told to anybody
 * @param field where they were found
 */
record Client(Principal principal, String ip, String credentials, String field) {

  String user() {
    return principal.name();
  }

  @Nullable String app() {
    return principal.clientId();
  }

  @Nullable String tenant() {
    return principal.tenant();
  }

  Viewer viewer() {
    return new Viewer(principal.name(), principal.roles());
  }

  Client now(Principal known) {
    return new Client(known, ip, credentials, field);
  }

  @Override
  public String toString() {
    return "client " + principal.name();
  }
}
