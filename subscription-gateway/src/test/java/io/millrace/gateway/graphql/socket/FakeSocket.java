package io.millrace.gateway.graphql.socket;

import io.millrace.gateway.http.socket.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it was given, and is ready or not as a test wants. */
final class FakeSocket implements Socket {

  final List<String> sent = new ArrayList<>();
  boolean ready = true;
  @Nullable String closed;

  @Override
  public boolean send(String text) {
    if (closed == null) {
      sent.add(text);
    }
    return ready;
  }

  @Override
  public boolean send(ByteBuffer utf8, boolean more) {
    return send(StandardCharsets.UTF_8.decode(utf8.duplicate()).toString());
  }

  @Override
  public void flush() {}

  @Override
  public boolean ready() {
    return ready && closed == null;
  }

  @Override
  public void ping() {}

  @Override
  public void close(int code, String reason) {
    if (closed == null) {
      closed = code + " " + reason;
    }
  }
}
