package io.millrace.embedded;

/**
 * A part cannot start, for a reason outside of the program that a person can mend: a taken port, a
 * folder in use. The message is one plain sentence, made to be shown as it is.
 */
public final class StartRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartRefusedException(String message) {
    super(message);
  }

  public StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
