package io.millrace.server.events;

import org.jspecify.annotations.Nullable;

/**
 * An event was not raised, or nobody knows whether it was; raised again, with the same id, it may
 * well be taken.
 */
public class NotificationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotificationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
