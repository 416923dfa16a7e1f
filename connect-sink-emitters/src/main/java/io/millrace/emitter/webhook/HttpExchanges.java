package io.millrace.emitter.webhook;

import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** Posts requests and says what their responses mean. Safe for use by several threads. */
final class HttpExchanges {

  private final CloseableHttpAsyncClient client;
  private final StatusPolicy policy;
  private final Duration timeout;

  /**
   * Over a client that was started.
   *
   * @param timeout from the first byte sent to the last byte read, however they trickle
   */
  HttpExchanges(CloseableHttpAsyncClient client, StatusPolicy policy, Duration timeout) {
    this.client = client;
    this.policy = policy;
    this.timeout = timeout;
  }

  CompletableFuture<Outcome> post(WebhookRequest request) {
    HeadConsumer consumer = new HeadConsumer();
    CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
    Future<HttpResponse> exchange =
        client.execute(
            new BasicRequestProducer(
                request.head(), new BasicAsyncEntityProducer(request.body(), null)),
            consumer,
            new Completion(answered));
    return answered
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, error) -> {
              if (error instanceof TimeoutException) {
                exchange.cancel(true);
              }
              HttpResponse head = response == null ? consumer.head() : response;
              return head == null ? Outcome.retry(cause(error)) : outcome(head);
            });
  }

  private Outcome outcome(HttpResponse head) {
    Header retryAfter = head.getFirstHeader(HttpHeaders.RETRY_AFTER);
    return policy.outcome(head.getCode(), retryAfter == null ? null : retryAfter.getValue());
  }

  private String cause(@Nullable Throwable error) {
    if (error instanceof TimeoutException) {
      return "no answer within " + timeout.toMillis() + " ms";
    }
    return error == null
        ? "no answer"
        : error.getClass().getSimpleName() + ": " + error.getMessage();
  }

  private record Completion(CompletableFuture<HttpResponse> answered)
      implements FutureCallback<HttpResponse> {

    @Override
    public void completed(HttpResponse response) {
      answered.complete(response);
    }

    @Override
    public void failed(Exception error) {
      answered.completeExceptionally(error);
    }

    @Override
    public void cancelled() {
      answered.completeExceptionally(new TimeoutException("cancelled"));
    }
  }
}
