package io.millrace.gateway.http.socket;

import java.nio.ByteBuffer;

/**
 * What happens at one socket. A listener whose socket is never opened, because the client is gone
 * before, is never closed either: it holds nothing before {@link #opened}. No method may block.
 * Messages and pongs come one at a time; {@link #drained} and {@link #closed} may come meanwhile. A
 * listener that throws loses its client (1011).
 */
public interface SocketListener {

  /** First of all; messages follow. */
  void opened(Socket socket);

  /**
   * A text message has come.
   *
   * @param taken to be run, by any thread, when the next message may be read: before or after this
   *     returns. A client is not read faster than its messages are taken; meanwhile its pongs are
   *     not seen either.
   */
  void message(String text, Runnable taken);

  /**
   * A binary message has come; unless another answer is given, the socket is closed (1003).
   *
   * @return whether it was taken
   */
  default boolean binary(ByteBuffer message) {
    return false;
  }

  /** The client has answered a ping, or sent a pong unasked. */
  default void pong() {}

  /** The socket was not ready, and is so again. */
  void drained();

  /**
   * Last of all, once.
   *
   * @param code of whoever closed first; 1006 if the connection broke
   */
  void closed(int code, String reason);
}
