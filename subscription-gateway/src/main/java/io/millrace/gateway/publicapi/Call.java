package io.millrace.gateway.publicapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request to the public API, and who makes it. */
public final class Call {

  private final Exchange exchange;
  private final Principal principal;
  private final Map<String, String> variables;

  Call(Exchange exchange, Principal principal, Map<String, String> variables) {
    this.exchange = exchange;
    this.principal = principal;
    this.variables = Map.copyOf(variables);
  }

  public Principal principal() {
    return principal;
  }

  /**
   * What a step in braces of the route's path stands for.
   *
   * @throws IllegalArgumentException if the route has no such step
   */
  public String path(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** The first parameter of that name in the query, decoded. */
  public @Nullable String query(String name) {
    return exchange.query(name);
  }

  /** The whole body; to be asked for once. */
  public CompletionStage<byte[]> body() {
    return exchange.body();
  }

  /**
   * The body as JSON, in which no property may stand twice; to be asked for once. Fails with {@link
   * HttpProblem} if it is none; {@link JsonNode#isMissingNode() missing} if there is no body.
   */
  public CompletionStage<JsonNode> json() {
    return exchange.body().thenApply(RequestJson::parseStrictly);
  }

  /** The request itself, for what is not above. */
  public Exchange exchange() {
    return exchange;
  }
}
