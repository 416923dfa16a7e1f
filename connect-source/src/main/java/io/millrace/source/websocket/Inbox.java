package io.millrace.source.websocket;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together and holds few of them. While it is full it asks the socket for nothing, so
 * the kernel's buffers fill and the sender has to wait; pings and the server's Close are not read
 * then, either. Silence counts only while the reader waits: whoever is away sends no pings.
 */
final class Inbox implements WebSocket.Listener {

  // Codes such as 1003 and 1009 are for servers only, says the JDK.
  private static final int POLICY_VIOLATION = 1008;

  private final Limits limits;
  private final LongSupplier nanos;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  // All that follows is guarded by this.
  private final Deque<String> messages = new ArrayDeque<>();
  private final StringBuilder partial = new StringBuilder();
  private long held;
  private boolean paused;
  private boolean discarding;
  private long heard;
  private long left;
  private @Nullable IOException end;

  Inbox(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    heard = nanos.getAsLong();
    left = heard;
  }

  /**
   * The next message, in the order they came, also after the connection has ended.
   *
   * @return null if none came in time
   * @throws IOException the connection's end, once all messages before it are taken
   */
  @Nullable String take(WebSocket socket, Duration timeout)
      throws IOException, InterruptedException {
    String message;
    boolean resumed;
    synchronized (this) {
      long begun = nanos.getAsLong();
      long deadline = begun + timeout.toNanos();
      heard = Math.min(begun, heard + (begun - left));
      while (messages.isEmpty()) {
        if (end != null) {
          throw end;
        }
        long now = nanos.getAsLong();
        long silent = heard + limits.idle().toNanos() - now;
        if (silent <= 0) {
          fail(ConnectionClosedException.lost(nothingHeard(), null));
        } else if (deadline - now <= 0) {
          left = now;
          return null;
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, Math.min(silent, deadline - now));
        }
      }
      message = messages.remove();
      held -= message.length();
      resumed = paused && hasRoom();
      paused = paused && !resumed;
      left = nanos.getAsLong();
    }
    if (resumed) {
      socket.request(1);
    }
    return message;
  }

  private String nothingHeard() {
    return "nothing was heard for " + limits.idle().toMillis() + " ms";
  }

  /** Whatever comes from now on is thrown away, so that the server's Close is reached. */
  void discard(WebSocket socket) {
    boolean resumed;
    synchronized (this) {
      discarding = true;
      messages.clear();
      partial.setLength(0);
      held = 0;
      resumed = paused;
      paused = false;
    }
    if (resumed) {
      socket.request(1);
    }
  }

  /** Completes when the connection has ended. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Ends the connection for the reader; the first reason counts. */
  synchronized void fail(IOException reason) {
    if (end == null) {
      end = reason;
      ended.complete(null);
    }
    notifyAll();
  }

  @Override
  public void onOpen(WebSocket socket) {
    hear();
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    boolean tooLarge;
    boolean more;
    synchronized (this) {
      heard = nanos.getAsLong();
      tooLarge = !discarding && partial.length() + data.length() > limits.message();
      if (tooLarge) {
        partial.setLength(0);
        fail(new MessageTooLargeException(limits.message()));
      } else if (!discarding && end == null) {
        append(data, last);
      }
      more = !tooLarge && (!last || hasRoom());
      paused = !more && !tooLarge;
    }
    if (tooLarge) {
      giveUp(socket, "message too large");
    } else if (more) {
      socket.request(1);
    }
    return null;
  }

  private void append(CharSequence data, boolean last) {
    if (!last) {
      partial.append(data);
      return;
    }
    String message = partial.isEmpty() ? data.toString() : partial.append(data).toString();
    partial.setLength(0);
    messages.add(message);
    held += message.length();
    notifyAll();
  }

  private boolean hasRoom() {
    return discarding || (messages.size() < limits.ahead() && held < limits.message());
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    fail(
        new ConnectionClosedException(
            POLICY_VIOLATION, "", "the server has sent a binary message", null));
    giveUp(socket, "binary message");
    return null;
  }

  private static void giveUp(WebSocket socket, String reason) {
    var unused =
        socket
            .sendClose(POLICY_VIOLATION, reason)
            .orTimeout(1, TimeUnit.SECONDS)
            .whenComplete((closed, failure) -> socket.abort());
  }

  // The JDK answers it by itself.
  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
    hear();
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
    hear();
    socket.request(1);
    return null;
  }

  private synchronized void hear() {
    heard = nanos.getAsLong();
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    fail(ConnectionClosedException.byServer(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable failure) {
    fail(ConnectionClosedException.lost(String.valueOf(failure.getMessage()), failure));
  }
}
