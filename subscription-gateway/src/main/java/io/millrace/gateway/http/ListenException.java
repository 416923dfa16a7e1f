package io.millrace.gateway.http;

/** The server cannot listen where it should; the message is one sentence for a person. */
public final class ListenException extends Exception {

  private static final long serialVersionUID = 1L;

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
