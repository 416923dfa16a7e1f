package io.millrace.emitter.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head of a response, and the body only if asked to. A long body is not waited for: the
 * connection is given up instead.
 */
final class AnswerConsumer implements AsyncResponseConsumer<HttpResponse> {

  private static final int LONGEST_BODY = 64 * 1024;

  private final @Nullable ByteArrayOutputStream body;
  private volatile @Nullable HttpResponse head;
  private @Nullable FutureCallback<HttpResponse> callback;
  private int read;

  AnswerConsumer(boolean keepsBody) {
    body = keepsBody ? new ByteArrayOutputStream() : null;
  }

  /** As soon as the head is there, also if the body then failed. */
  Answer.@Nullable Response answer() {
    HttpResponse response = head;
    if (response == null) {
      return null;
    }
    Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return new Answer.Response(
        response.getCode(),
        retryAfter == null ? null : retryAfter.getValue(),
        body == null ? "" : body.toString(StandardCharsets.UTF_8));
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
  public void consume(ByteBuffer part) throws IOException {
    read += part.remaining();
    if (read > LONGEST_BODY) {
      throw new IOException("the response's body is too long");
    }
    if (body != null) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      body.writeBytes(bytes);
    }
    part.position(part.limit());
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
