package io.millrace.gateway.control.connect;

/** Connect did not do what it was asked. The message is one sentence for a person. */
public final class ConnectException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What the caller can do about it. */
  public enum Kind {
    /** No worker answered, or the answer was no answer of Connect's: try again later. */
    UNREACHABLE,
    /** The workers are just dealing out work (409) or starting (404): try again soon. */
    REBALANCING,
    /** Connect refused, and will refuse again unless something changes. */
    REFUSED
  }

  private final Kind kind;

  public ConnectException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public ConnectException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
