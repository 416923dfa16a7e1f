package io.millrace.model.event;

/** A Kafka record that is no CloudEvent; the message says why in one sentence. */
public final class UnreadableEventException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
