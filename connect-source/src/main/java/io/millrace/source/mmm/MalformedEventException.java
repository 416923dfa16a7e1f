package io.millrace.source.mmm;

/** What came as an event is none; the message says which and why, but not what it holds. */
final class MalformedEventException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedEventException(String message) {
    super(message);
  }
}
