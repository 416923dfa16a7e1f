package io.millrace.filter.event;

import org.jspecify.annotations.Nullable;

/** Data of an event that calls itself JSON and cannot be read as such. */
public final class UnreadableDataException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableDataException(String message, @Nullable Throwable cause) {
    // Thrown once per event and filter: without a stack trace, which would cost more than the rest.
    super(message, cause, false, false);
  }
}
