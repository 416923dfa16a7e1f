package io.millrace.emitter.payload;

import org.jspecify.annotations.Nullable;

/** An event whose data is not what its content type says; the message says so, without the data. */
public final class InvalidDataException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  InvalidDataException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = message;
  }

  /** What is wrong, for a person. */
  public String reason() {
    return reason;
  }
}
