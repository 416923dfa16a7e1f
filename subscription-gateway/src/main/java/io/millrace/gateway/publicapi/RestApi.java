package io.millrace.gateway.publicapi;

import static java.util.Comparator.comparingInt;

import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorShape;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All of what is served under one path: finds the route of a request, and who makes it. Errors,
 * also those of no route, have the dialect's shape.
 */
public final class RestApi {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final String dialect;
  private final String root;
  private final ErrorShape errors;
  private final List<Route> routes;
  private final RequestAuthenticator authenticator;
  private final @Nullable Supplier<String> ids;

  /**
   * Over the routes of all features.
   *
   * @param dialect name in metrics
   * @param root what all paths begin with
   * @param ids new tracking identifiers, each unlike all others, one for each response; absent for
   *     none
   */
  public RestApi(
      String dialect,
      String root,
      ErrorShape errors,
      List<Route> routes,
      RequestAuthenticator authenticator,
      @Nullable Supplier<String> ids) {
    this.dialect = dialect;
    this.root = root;
    this.errors = errors;
    this.routes = routes.stream().sorted(comparingInt(Route::named).reversed()).toList();
    this.authenticator = authenticator;
    this.ids = ids;
  }

  public Mount mount() {
    Map<String, Endpoint> methods = new HashMap<>();
    METHODS.forEach(method -> methods.put(method, exchange -> answer(method, exchange)));
    return new Mount(dialect, root, true, methods, errors, ids);
  }

  private CompletionStage<Reply> answer(String method, Exchange exchange) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    for (Route route : routes) {
      if (route.method().equals(wanted)) {
        Map<String, String> variables = route.match(exchange.rest()).orElse(null);
        if (variables != null) {
          return authenticator
              .authenticate(exchange)
              .thenCompose(
                  principal -> route.endpoint().answer(new Call(exchange, principal, variables)));
        }
      }
    }
    return unserved(method, exchange);
  }

  private CompletionStage<Reply> unserved(String method, Exchange exchange) {
    String allowed = allowed(exchange.rest());
    if (allowed.isEmpty()) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(Trouble.NOT_FOUND, "path", "is none of those under " + root));
    }
    return method.equals("OPTIONS")
        ? CompletableFuture.completedFuture(Reply.empty(200).with("Allow", allowed))
        : CompletableFuture.failedFuture(
            HttpProblem.of(Trouble.METHOD_NOT_ALLOWED, "method", "is none of " + allowed)
                .with("Allow", allowed));
  }

  private String allowed(String path) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      if (route.match(path).isPresent()) {
        allowed.add(route.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    if (!allowed.isEmpty()) {
      allowed.add("OPTIONS");
    }
    return String.join(", ", allowed);
  }
}
