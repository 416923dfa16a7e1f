package io.millrace.server.events.outbox;

import java.sql.SQLException;

/** An event could not be stored; the transaction must not be committed. */
public final class OutboxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutboxException(SQLException cause) {
    super("the event could not be stored in the outbox", cause);
  }
}
