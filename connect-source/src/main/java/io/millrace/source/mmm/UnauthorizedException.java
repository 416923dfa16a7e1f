package io.millrace.source.mmm;

import java.io.IOException;

/** MMM does not take the credentials; others may be to be had. */
final class UnauthorizedException extends IOException {

  private static final long serialVersionUID = 1;

  UnauthorizedException(String message) {
    super(message);
  }
}
