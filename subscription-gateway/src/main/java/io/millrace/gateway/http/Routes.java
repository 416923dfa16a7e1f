package io.millrace.gateway.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the endpoint by path and method. */
final class Routes extends Handler.Abstract {

  private final List<Mount> mounts;
  private final HttpConfig config;
  private final ErrorShape otherErrors;
  private final ReplySender sender;

  Routes(List<Mount> mounts, HttpConfig config, ErrorShape otherErrors, RequestMetrics metrics) {
    this.mounts = List.copyOf(mounts);
    this.config = config;
    this.otherErrors = otherErrors;
    this.sender = new ReplySender(metrics);
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
        CompletionStage<Reply> answer = answer(mount, request, exchange);
        sender.send(answer, mount.dialect(), mount.errors(), response, callback);
        return true;
      }
    }
    HttpProblem problem = HttpProblem.of(Trouble.NOT_FOUND, "path", "is none of this gateway's");
    sender.send(CompletableFuture.failedFuture(problem), "none", otherErrors, response, callback);
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
}
