package io.millrace.emitter.payload;

/** An event whose data is not what its content type says; the message says so, without the data. */
public final class InvalidDataException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
