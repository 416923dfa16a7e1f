package io.millrace.model.identity.store;

import java.io.IOException;

/** The file of identities, or its key, cannot be used. The message is for a person, no secrets. */
public final class IdentityStoreException extends IOException {

  private static final long serialVersionUID = 1L;

  public IdentityStoreException(String message) {
    super(message);
  }

  public IdentityStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
