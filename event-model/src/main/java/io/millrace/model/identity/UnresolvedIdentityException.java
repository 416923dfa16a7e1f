package io.millrace.model.identity;

/** An identity that is not there or cannot be read now. Its message is one sentence, no secrets. */
public final class UnresolvedIdentityException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnresolvedIdentityException(String message) {
    super(message);
  }

  public UnresolvedIdentityException(String message, Throwable cause) {
    super(message, cause);
  }
}
