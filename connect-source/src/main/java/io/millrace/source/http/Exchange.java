package io.millrace.source.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and waits for the whole answer. The client's own time limit ends with the head of
 * an answer, so that a body which never ends would be waited for for ever.
 */
public final class Exchange {

  /** Longest answer, in bytes. */
  public static final int MAX_BODY = 64 * 1024 * 1024;

  private final HttpClient client;

  public Exchange(HttpClient client) {
    this.client = client;
  }

  /**
   * Sends it; an interrupt breaks it off.
   *
   * @throws HttpTimeoutException if the answer is not there whole in time
   * @throws IOException if the connection fails
   */
  public HttpResponse<byte[]> send(HttpRequest request, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody(MAX_BODY));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in " + timeout.toMillis() + " ms");
    } catch (CancellationException e) {
      throw new IOException("the request was broken off", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw failure(cause == null ? e : cause);
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException failure(Throwable cause) {
    return new IOException(ConnectFailure.inWords(cause), cause);
  }
}
