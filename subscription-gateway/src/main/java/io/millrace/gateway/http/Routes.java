package io.millrace.gateway.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint by path and method: the first mount that has both, else the first of the path
 * tells that it does not take the method.
 */
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
    Mount mount = find(path, request.getMethod());
    if (mount != null) {
      if (mount.tracking() != null) {
        response.getHeaders().put(Mount.TRACKING, mount.tracking().get());
      }
      Exchange exchange = new Exchange(request, mount.rest(path), config);
      CompletionStage<Reply> answer = answer(mount, request, exchange);
      send(answer, exchange, mount.dialect(), mount.errors(), response, callback);
      return true;
    }
    HttpProblem problem = HttpProblem.of(Trouble.NOT_FOUND, "path", "is none of this gateway's");
    Exchange exchange = new Exchange(request, path, config);
    send(
        CompletableFuture.failedFuture(problem), exchange, "none", otherErrors, response, callback);
    return true;
  }

  private @Nullable Mount find(String path, String method) {
    Mount first = null;
    for (Mount mount : mounts) {
      if (mount.takes(path)) {
        if (mount.methods().containsKey(method)) {
          return mount;
        }
        first = first == null ? mount : first;
      }
    }
    return first;
  }

  private void send(
      CompletionStage<Reply> answer,
      Exchange exchange,
      String dialect,
      ErrorShape errors,
      Response response,
      Callback callback) {
    CompletionStage<Reply> whole =
        exchange.afterBody(answer, () -> response.getHeaders().put(HttpHeader.CONNECTION, "close"));
    sender.send(whole, dialect, errors, response, callback);
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
