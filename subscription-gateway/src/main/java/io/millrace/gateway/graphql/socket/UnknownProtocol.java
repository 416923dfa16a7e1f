package io.millrace.gateway.graphql.socket;

import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.http.socket.SocketListener;

/** A client that offers only what the gateway does not speak is told by a close. */
final class UnknownProtocol implements SocketListener {

  private static final int PROTOCOL_ERROR = 1002;

  @Override
  public void opened(Socket socket) {
    socket.close(
        PROTOCOL_ERROR, "speaks " + LegacyProtocol.NAME + " and " + TransportProtocol.NAME);
  }

  @Override
  public void message(String text, Runnable taken) {
    taken.run();
  }

  @Override
  public void drained() {}

  @Override
  public void closed(int code, String reason) {}
}
