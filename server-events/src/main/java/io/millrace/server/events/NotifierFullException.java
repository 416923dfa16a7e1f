package io.millrace.server.events;

/** Too many events wait already; this one was dropped. */
public final class NotifierFullException extends NotificationException {

  private static final long serialVersionUID = 1L;

  public NotifierFullException() {
    super("too many events wait to be raised", null);
  }
}
