package io.millrace.gateway.http.socket;

import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Remembers what happened at its socket. */
class Recorder implements SocketListener {

  final List<String> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger pongs = new AtomicInteger();
  final AtomicInteger drained = new AtomicInteger();
  private volatile @Nullable Socket socket;
  private volatile @Nullable String closed;

  @Override
  public void opened(Socket opened) {
    socket = opened;
  }

  @Override
  public void message(String text, Runnable taken) {
    messages.add(text);
    taken.run();
  }

  @Override
  public boolean binary(ByteBuffer message) {
    return false;
  }

  @Override
  public void pong() {
    pongs.incrementAndGet();
  }

  @Override
  public void drained() {
    drained.incrementAndGet();
  }

  @Override
  public void closed(int code, String reason) {
    if (closed != null) {
      throw new AssertionError("closed twice");
    }
    closed = code + " " + reason;
  }

  /** The socket, once it is open. */
  Socket socket() {
    await().atMost(Duration.ofSeconds(60)).until(() -> socket != null);
    return socket;
  }

  /** How it was closed, once it is. */
  String end() {
    await().atMost(Duration.ofSeconds(60)).until(() -> closed != null);
    return closed;
  }
}
