package io.millrace.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A Kafka record that is no CloudEvent, or a CloudEvent that is not of the form its reader asks
 * for; the message says why in one sentence.
 */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
