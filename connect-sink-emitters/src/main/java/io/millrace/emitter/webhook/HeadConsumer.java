package io.millrace.emitter.webhook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head of a response and throws its body away. A long body is not waited for: the
 * connection is given up instead.
 */
final class HeadConsumer implements AsyncResponseConsumer<HttpResponse> {

  private static final int LONGEST_BODY = 64 * 1024;

  private volatile @Nullable HttpResponse head;
  private @Nullable FutureCallback<HttpResponse> callback;
  private int read;

  /** The head, as soon as it is there, also if the body then failed. */
  @Nullable HttpResponse head() {
    return head;
  }

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails entity,
      HttpContext context,
      FutureCallback<HttpResponse> resultCallback) {
    head = response;
    callback = resultCallback;
    if (entity == null) {
      resultCallback.completed(response);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(LONGEST_BODY);
  }

  @Override
  public void consume(ByteBuffer body) throws IOException {
    read += body.remaining();
    body.position(body.limit());
    if (read > LONGEST_BODY) {
      throw new IOException("the response's body is too long");
    }
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    if (callback != null && head != null) {
      callback.completed(head);
    }
  }

  @Override
  public void failed(Exception cause) {
    if (callback != null) {
      callback.failed(cause);
    }
  }

  @Override
  public void releaseResources() {}
}
