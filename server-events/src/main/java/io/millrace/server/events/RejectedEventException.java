package io.millrace.server.events;

import org.jspecify.annotations.Nullable;

/**
 * An event that will never be taken, however often it comes. A subscriber that throws it spares
 * itself the further attempts: the event goes to the dead letters at once.
 */
public final class RejectedEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RejectedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
