package io.millrace.gateway.http.socket;

import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * A close that is sent after what waits, and that the client may answer, whatever its code.
 *
 * <p>Jetty takes most codes below 3000 for faults: it throws away what waits, and closes at once,
 * so that a client which is still sending sees a reset connection in place of the reason. Therefore
 * this frame tells Jetty that it is an ordinary one; the code on the wire is the given.
 */
final class Farewell extends Frame implements CloseStatus.Supplier {

  private final int code;
  private final String reason;
  private final long since;

  /** Is said at the time {@code since}, in nanoseconds of some clock. */
  Farewell(int code, String reason, long since) {
    super(OpCode.CLOSE, true, CloseStatus.asPayloadBuffer(code, reason));
    this.code = code;
    this.reason = reason;
    this.since = since;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }

  long since() {
    return since;
  }

  @Override
  public CloseStatus getCloseStatus() {
    return CloseStatus.NORMAL_STATUS;
  }
}
