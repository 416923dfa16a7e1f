package io.millrace.gateway.publicapi;

import static java.util.Comparator.comparingInt;

import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorEnvelope;
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

/**
 * All of {@code /publicapi}: finds the route of a request, and who makes it. Each response bears
 * {@code request-tracking-identifier}; errors, also those of no route, have the envelope.
 */
public final class PublicApi {

  /** What all paths begin with. */
  public static final String ROOT = "/publicapi";

  private static final String DIALECT = "publicapi";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final List<Route> routes;
  private final RequestAuthenticator authenticator;
  private final Supplier<String> ids;

  /**
   * Over the routes of all features.
   *
   * @param ids new tracking identifiers, each unlike all others
   */
  public PublicApi(List<Route> routes, RequestAuthenticator authenticator, Supplier<String> ids) {
    this.routes = routes.stream().sorted(comparingInt(Route::named).reversed()).toList();
    this.authenticator = authenticator;
    this.ids = ids;
  }

  public Mount mount() {
    Map<String, Endpoint> methods = new HashMap<>();
    METHODS.forEach(method -> methods.put(method, exchange -> answer(method, exchange)));
    return new Mount(DIALECT, ROOT, true, methods, new ErrorEnvelope(), ids);
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
          HttpProblem.of(Trouble.NOT_FOUND, "path", "is none of the public API's"));
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
