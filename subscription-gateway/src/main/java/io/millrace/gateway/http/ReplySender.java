package io.millrace.gateway.http;

import io.millrace.gateway.failure.Causes;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what endpoints answer, and counts it. */
public final class ReplySender {

  private static final Logger LOG = LoggerFactory.getLogger(ReplySender.class);

  private final RequestMetrics metrics;

  public ReplySender(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Sends an answer when it is there, a failure in the dialect's shape. An answer that comes later
   * comes from a thread that has other work: it is sent by the pool.
   *
   * @param callback completed when all was sent
   */
  public void send(
      CompletionStage<Reply> stage,
      String dialect,
      ErrorShape errors,
      Response response,
      Callback callback) {
    CompletableFuture<Reply> answer = stage.toCompletableFuture();
    BiConsumer<@Nullable Reply, @Nullable Throwable> finish =
        (reply, failure) -> {
          try {
            finish(reply, failure, dialect, errors, response, callback);
          } catch (RuntimeException e) {
            callback.failed(e);
          }
        };
    CompletableFuture<Reply> unused =
        answer.isDone()
            ? answer.whenComplete(finish)
            : answer.whenCompleteAsync(finish, response.getRequest().getComponents().getExecutor());
  }

  /** Counts a connection that goes on by another protocol. */
  public void upgraded(String dialect) {
    metrics.answered(dialect, HttpStatus.SWITCHING_PROTOCOLS_101);
  }

  private void finish(
      @Nullable Reply reply,
      @Nullable Throwable failure,
      String dialect,
      ErrorShape errors,
      Response response,
      Callback callback) {
    if (reply != null) {
      write(reply, dialect, response, callback);
      return;
    }
    Throwable cause = failure == null ? null : Causes.of(failure);
    if (cause instanceof HttpProblem problem) {
      write(errors.shape(problem).with(problem.headers()), dialect, response, callback);
    } else if (cause instanceof IOException || cause instanceof QuietException) {
      // The client is gone: nobody is left to tell.
      metrics.abandoned(dialect);
      callback.failed(cause);
    } else {
      String tracking = response.getHeaders().get(Mount.TRACKING);
      LOG.error(
          "A request to {} failed{}", dialect, tracking == null ? "" : ": " + tracking, cause);
      HttpProblem internal = HttpProblem.of(Trouble.INTERNAL, "request", "failed in the gateway");
      write(errors.shape(internal), dialect, response, callback);
    }
  }

  private void write(Reply reply, String dialect, Response response, Callback callback) {
    metrics.answered(dialect, reply.status());
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    Reply.Streamed streamed = reply.streamed();
    if (streamed == null) {
      response.write(true, reply.body(), callback);
    } else if (response.getRequest().getMethod().equals("HEAD")) {
      streamed.source().close();
      callback.succeeded();
    } else {
      Callback counted = Callback.from(callback, failure -> metrics.abandoned(dialect));
      new BodyStreamer(streamed.source(), streamed.executor(), response, counted).start();
    }
  }
}
