package io.millrace.gateway.http;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint by path and method, and sends what it answers, when it answers. */
final class Routes extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final List<Mount> mounts;
  private final HttpConfig config;
  private final ErrorShape otherErrors;
  private final RequestMetrics metrics;

  Routes(List<Mount> mounts, HttpConfig config, ErrorShape otherErrors, RequestMetrics metrics) {
    this.mounts = List.copyOf(mounts);
    this.config = config;
    this.otherErrors = otherErrors;
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    // A request may wait longer than a connection may idle. A body that stalls fails all the same.
    request.addIdleTimeoutListener(timeout -> false);
    String path = Request.getPathInContext(request);
    for (Mount mount : mounts) {
      if (mount.takes(path)) {
        if (mount.tracking() != null) {
          response.getHeaders().put(Mount.TRACKING, mount.tracking().get());
        }
        Exchange exchange = new Exchange(request, mount.rest(path), config);
        CompletableFuture<Reply> answer = answer(mount, request, exchange).toCompletableFuture();
        send(answer, mount.dialect(), mount.errors(), response, callback);
        return true;
      }
    }
    HttpProblem problem = HttpProblem.of(Trouble.NOT_FOUND, "path", "is none of this gateway's");
    send(CompletableFuture.failedFuture(problem), "none", otherErrors, response, callback);
    return true;
  }

  private static CompletionStage<Reply> answer(Mount mount, Request request, Exchange exchange) {
    Endpoint endpoint = mount.methods().get(request.getMethod());
    if (endpoint != null) {
      try {
        return endpoint.answer(exchange);
      } catch (RuntimeException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    if (request.getMethod().equals("OPTIONS")) {
      return CompletableFuture.completedFuture(Reply.empty(200).with("Allow", mount.allow()));
    }
    return CompletableFuture.failedFuture(
        HttpProblem.of(Trouble.METHOD_NOT_ALLOWED, "method", "is none of " + mount.allow())
            .with("Allow", mount.allow()));
  }

  /** An answer that comes later comes from a thread that has other work: it is sent by the pool. */
  private void send(
      CompletableFuture<Reply> answer,
      String dialect,
      ErrorShape errors,
      Response response,
      Callback callback) {
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
            : answer.whenCompleteAsync(finish, getServer().getThreadPool());
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
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
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
