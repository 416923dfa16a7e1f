package io.millrace.source.push;

import java.io.IOException;

/** The server does not go on from where it was asked to; it may go on from now. */
final class PlaceRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  PlaceRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
