package io.millrace.gateway.identities;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.identity.store.StoredIdentity;
import org.jspecify.annotations.Nullable;

/** Who may do what with an identity. */
final class IdentityAccess {

  private IdentityAccess() {}

  /** Owners and admins know of it, and may change it. */
  static boolean owns(Principal principal, StoredIdentity identity) {
    return principal.admin() || principal.name().equals(identity.owner());
  }

  /** Whether an emitter of that owner may use it. */
  static boolean mayUse(@Nullable String emitterOwner, StoredIdentity identity) {
    return identity.shared() || (emitterOwner != null && emitterOwner.equals(identity.owner()));
  }

  /**
   * The identity, for those who own it.
   *
   * @throws HttpProblem as if it were not there, for all others
   */
  static StoredIdentity owned(@Nullable StoredIdentity identity, String id, Principal principal) {
    if (identity == null || !owns(principal, identity)) {
      throw HttpProblem.of(Trouble.NOT_FOUND, "id", "is that of no identity of yours: " + id);
    }
    return identity;
  }
}
