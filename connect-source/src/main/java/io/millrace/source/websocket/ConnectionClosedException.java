package io.millrace.source.websocket;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection is over: closed by the server, lost, or given up here. */
public final class ConnectionClosedException extends IOException {

  /** The code for a connection that ended without a Close frame. */
  public static final int ABNORMAL = 1006;

  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  ConnectionClosedException(int code, String reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.code = code;
    this.reason = reason;
  }

  static ConnectionClosedException byServer(int code, String reason) {
    String plain = reason.replaceAll("\\p{Cntrl}", " ");
    String said = plain.isBlank() ? "" : ": " + plain;
    return new ConnectionClosedException(
        code, reason, "the server has closed the connection with code " + code + said, null);
  }

  static ConnectionClosedException lost(String why, @Nullable Throwable cause) {
    return new ConnectionClosedException(ABNORMAL, "", "the connection was lost: " + why, cause);
  }

  /** The code of the server's Close frame, else {@link #ABNORMAL}. */
  public int code() {
    return code;
  }

  /** What the server says beside the code, as it came; may be empty. */
  public String reason() {
    return reason;
  }
}
