package io.millrace.source.websocket;

import java.io.IOException;
import java.net.http.HttpHeaders;

/**
 * The server, or a proxy before it, has answered the handshake with something else than 101. What
 * that means for the next attempt is told by the status.
 */
public final class HandshakeRefusedException extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;
  // Not a part of the serial form: headers are not.
  private final transient HttpHeaders headers;

  HandshakeRefusedException(String place, int status, HttpHeaders headers, Throwable cause) {
    super(place + " has answered the WebSocket's handshake with status " + status, cause);
    this.status = status;
    this.headers = headers;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /**
   * The answer's headers, such as {@code Retry-After}; none where the client does not tell them.
   */
  public HttpHeaders headers() {
    return headers;
  }
}
