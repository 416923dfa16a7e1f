package io.millrace.source.websocket;

import java.io.IOException;

/** A message is larger than what may be; the connection was given up over it. */
public final class MessageTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  MessageTooLargeException(int limit) {
    super("a message has more than " + limit + " characters");
  }
}
