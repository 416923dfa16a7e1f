package io.millrace.gateway.http.socket;

import java.nio.ByteBuffer;

/**
 * The way to one client. Nothing here blocks, and all of it may be called by any thread; messages
 * of one thread arrive in their order. What is sent after the end is dropped.
 *
 * <p>What a client has not taken yet is counted in bytes. Beyond {@code websocket.max.queued.bytes}
 * the socket is not {@linkplain #ready ready}: whoever produces holds back until {@link
 * SocketListener#drained}. Who does not, and sends as much again, loses the client: it is closed
 * with 1008. So what waits is bounded by twice that and one message.
 */
public interface Socket {

  /** Sends a text message; tells whether more may be sent now. */
  boolean send(String text);

  /**
   * Sends a text message that is made already; many sockets may be given the same buffer.
   *
   * @param utf8 from its position to its limit, neither moved; must not be changed afterwards
   * @param more whether it may wait for others, until {@link #flush} or something else is sent
   * @return whether more may be sent now
   */
  boolean send(ByteBuffer utf8, boolean more);

  /** Sends a text message that is made already, and does not wait for others. */
  default boolean send(ByteBuffer utf8) {
    return send(utf8, false);
  }

  /** Whatever waits for others is sent now. */
  void flush();

  /** Whether more may be sent. */
  boolean ready();

  /**
   * Says whose socket it is, where the handshake did not; says the same again to no effect.
   *
   * @return false if that user has too many; then it is being closed (1013)
   */
  default boolean belongsTo(String user) {
    return true;
  }

  /** Sends a WebSocket ping beyond those that the server sends by itself. */
  void ping();

  /**
   * Ends it after what was sent before; only the first call counts.
   *
   * @param code 1000 to 1014 as RFC 6455 and its registry have them, or 3000 to 4999
   * @param reason cut at 123 bytes
   */
  void close(int code, String reason);
}
