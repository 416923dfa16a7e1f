package io.millrace.model.identity.store;

import io.millrace.model.event.ResourceName;
import io.millrace.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * An identity and whose it is. Its text never shows a secret.
 *
 * @param id what an {@code identityRef} names; see {@link ResourceName}
 * @param owner the user whose it is; absent for the system's own
 * @param shared whether others may refer to it too
 */
public record StoredIdentity(String id, @Nullable String owner, boolean shared, Identity identity) {

  public StoredIdentity {
    if (!ResourceName.isValid(id)) {
      throw new IllegalArgumentException("not an identity's id: " + id);
    }
  }
}
