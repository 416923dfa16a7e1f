package io.millrace.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client closes its connection while its answer is pending. Jetty reads nothing from
 * a connection of HTTP/1.1 while a request is served, so it would notice only by an answer that
 * cannot be written. Here the connection is waited upon instead, without a thread; what it says, if
 * it is not its end but the next request, goes back to Jetty. To be stopped before the answer is
 * written. Safe for use by several threads.
 */
final class ClientWatch implements Callback {

  private final EndPoint endPoint;
  private final Connection connection;
  private final Runnable gone;
  private boolean over;

  private ClientWatch(EndPoint endPoint, Runnable gone) {
    this.endPoint = endPoint;
    this.connection = endPoint.getConnection();
    this.gone = gone;
  }

  /**
   * Begins to watch, where that can be.
   *
   * @param request without a body, or its body has been read
   * @param gone called once, on a thread that must not be held
   */
  static ClientWatch start(Request request, Runnable gone) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    ClientWatch watch = new ClientWatch(endPoint, gone);
    watch.listen();
    return watch;
  }

  private synchronized void listen() {
    over = over || !endPoint.tryFillInterested(this);
  }

  /** The connection is Jetty's again when this returns. */
  synchronized void stop() {
    if (!over) {
      over = true;
      if (endPoint instanceof AbstractEndPoint pending) {
        // Takes this callback off, by calling it.
        boolean unused = pending.getFillInterest().fillable();
      }
    }
  }

  /** There is something to read, or the end of it. */
  @Override
  public void succeeded() {
    boolean closed;
    synchronized (this) {
      if (over) {
        return;
      }
      // No more than shows that there is something: the rest stays in the socket.
      ByteBuffer first = BufferUtil.allocate(1);
      int read = read(first);
      if (read == 0) {
        listen();
        return;
      }
      over = true;
      closed = read < 0;
      if (!closed && connection instanceof Connection.UpgradeTo next) {
        next.onUpgradeTo(first);
      }
    }
    if (closed) {
      gone.run();
    }
  }

  @Override
  public void failed(@Nullable Throwable failure) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    gone.run();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  private int read(ByteBuffer buffer) {
    try {
      return endPoint.fill(buffer);
    } catch (IOException e) {
      return -1;
    }
  }
}
