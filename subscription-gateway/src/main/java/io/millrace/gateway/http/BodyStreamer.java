package io.millrace.gateway.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a body piece by piece. While the client takes a piece no thread is held. */
final class BodyStreamer implements Callback {

  private static final Logger LOG = LoggerFactory.getLogger(BodyStreamer.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final BodySource source;
  private final Executor executor;
  private final Response response;
  private final Callback end;
  private boolean last;

  /**
   * Sends nothing yet.
   *
   * @param executor its threads make the pieces
   * @param end is told when all was sent, or why it was not
   */
  BodyStreamer(BodySource source, Executor executor, Response response, Callback end) {
    this.source = source;
    this.executor = executor;
    this.response = response;
    this.end = end;
  }

  void start() {
    go(this::advance);
  }

  private void advance() {
    ByteBuffer piece;
    try {
      piece = source.next();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else {
        LOG.warn("A response is cut off, its body cannot be completed", e);
      }
      finish(e);
      return;
    }
    if (piece != null && !piece.hasRemaining()) {
      go(this::advance); // Others have their turn in between.
      return;
    }
    last = piece == null;
    response.write(last, piece == null ? NOTHING.slice() : piece, this);
  }

  @Override
  public void succeeded() {
    go(last ? () -> finish(null) : this::advance);
  }

  @Override
  public void failed(Throwable failure) {
    go(() -> finish(failure));
  }

  private void go(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      finish(e); // The gateway is being stopped.
    }
  }

  private void finish(@Nullable Throwable failure) {
    try {
      source.close();
    } finally {
      if (failure == null) {
        end.succeeded();
      } else {
        end.failed(failure);
      }
    }
  }
}
