package io.millrace.source.mmm;

import java.io.IOException;

/** Another client has the subscription now. */
final class TakenOverException extends IOException {

  private static final long serialVersionUID = 1;

  TakenOverException(String message) {
    super(message);
  }
}
