package io.millrace.emitter.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Sends requests and says what became of them. Safe for use by several threads. */
public final class Wire implements AutoCloseable {

  private static final TimeValue LAST_WORDS = TimeValue.ofSeconds(1);

  private final CloseableHttpAsyncClient client;
  private final Addresses addresses;

  /** Over a client that was started and connects to no addresses but these. */
  public Wire(CloseableHttpAsyncClient client, Addresses addresses) {
    this.client = client;
    this.addresses = addresses;
  }

  /**
   * Sends a request whose answer's body does not matter; never fails.
   *
   * @param timeout from the first byte sent to the last byte read, however they trickle
   */
  public CompletionStage<Answer> post(Post post, Duration timeout) {
    return send(post, timeout, false);
  }

  /** The same, with the answer's body. */
  public CompletionStage<Answer> ask(Post post, Duration timeout) {
    return send(post, timeout, true);
  }

  @Override
  public void close() {
    client.initiateShutdown();
    try {
      client.awaitShutdown(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close(CloseMode.IMMEDIATE);
  }

  private CompletionStage<Answer> send(Post post, Duration timeout, boolean keepsBody) {
    CompletableFuture<Optional<String>> found = addresses.find(post.target());
    if (found.isDone() && !found.isCompletedExceptionally()) {
      return sendIf(found.join(), post, timeout, keepsBody);
    }
    return found
        .thenCompose(refusal -> sendIf(refusal, post, timeout, keepsBody))
        .exceptionally(error -> new Answer.Failure(cause(error, timeout)));
  }

  private CompletionStage<Answer> sendIf(
      Optional<String> refusal, Post post, Duration timeout, boolean keepsBody) {
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(
          new Answer.Forbidden("the host " + post.target().getHostName() + " " + refusal.get()));
    }
    AnswerConsumer consumer = new AnswerConsumer(keepsBody);
    CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
    Future<HttpResponse> exchange =
        client.execute(
            post.target(),
            new BasicRequestProducer(
                post.head(), new BasicAsyncEntityProducer(post.body().bytes(), null)),
            consumer,
            null,
            null,
            new Completion(answered));
    return answered
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, error) -> {
              if (error instanceof TimeoutException) {
                exchange.cancel(true);
              }
              Answer answer = consumer.answer();
              return answer == null ? new Answer.Failure(cause(error, timeout)) : answer;
            });
  }

  private static String cause(@Nullable Throwable error, Duration timeout) {
    if (error instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return cause(wrapped.getCause(), timeout);
    }
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
