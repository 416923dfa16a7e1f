package io.millrace.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads a body, or throws it away, without holding a thread. A body that is too large is thrown
 * away up to a point, so that a client which writes before it reads still sees the refusal; one
 * that announces its length and waits for leave to send it is refused at once.
 */
final class BodyReader implements Runnable {

  private static final int DISCARDED = 16;

  private final Request request;
  private final int limit;
  private final Duration timeout;
  private final boolean keep;
  private final long deadline;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream(1024);
  private long total;

  private BodyReader(Request request, int limit, Duration timeout, boolean keep) {
    this.request = request;
    this.limit = limit;
    this.timeout = timeout;
    this.keep = keep;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  static CompletableFuture<byte[]> read(Request request, int limit, Duration timeout) {
    BodyReader reader = new BodyReader(request, limit, timeout, true);
    if (request.getLength() > limit && request.getHeaders().contains(HttpHeader.EXPECT)) {
      reader.result.completeExceptionally(reader.tooLarge());
    } else {
      reader.run();
    }
    return reader.result;
  }

  /**
   * Throws away what nobody has asked for, so that the connection can be used again.
   *
   * @return whether all of it came; if not, the connection must be closed
   */
  static CompletableFuture<Boolean> discard(Request request, int limit, Duration timeout) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return CompletableFuture.completedFuture(false);
    }
    BodyReader reader = new BodyReader(request, limit, timeout, false);
    reader.run();
    return reader.result.handle((body, failure) -> failure == null);
  }

  @Override
  public void run() {
    while (!result.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      take(chunk);
    }
  }

  private void take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      result.completeExceptionally(meaning(chunk.getFailure()));
      return;
    }
    total += chunk.remaining();
    if (keep && total <= limit) {
      append(chunk.getByteBuffer());
    }
    boolean last = chunk.isLast();
    chunk.release();
    if (last && !keep) {
      result.complete(new byte[0]);
    } else if (last || total > (long) limit * DISCARDED) {
      finish();
    } else if (System.nanoTime() - deadline > 0) {
      // The idle timeout sees clients that send nothing; this one those that send too slowly.
      result.completeExceptionally(tooSlow());
    }
  }

  private void append(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    collected.writeBytes(copy);
  }

  private void finish() {
    if (total > limit) {
      result.completeExceptionally(tooLarge());
    } else {
      result.complete(collected.toByteArray());
    }
  }

  private Throwable meaning(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return tooSlow();
    }
    if (failure instanceof HttpException) {
      return HttpProblem.of(Trouble.MALFORMED, "body", "is not sent as HTTP asks");
    }
    return failure;
  }

  private HttpProblem tooSlow() {
    return HttpProblem.of(
            Trouble.TIMEOUT, "body", "did not arrive within " + timeout.toMillis() + " ms")
        .with("Connection", "close");
  }

  private HttpProblem tooLarge() {
    return HttpProblem.of(Trouble.TOO_LARGE, "body", "is larger than " + limit + " bytes")
        .with("Connection", "close");
  }
}
