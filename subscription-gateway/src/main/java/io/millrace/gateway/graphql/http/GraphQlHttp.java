package io.millrace.gateway.graphql.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlEngine;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.Transport;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /graphql}: queries by GET and POST, mutations by POST only. A page of another site cannot
 * make a browser change anything: what it can send without being asked has not the content type
 * {@code application/json}. Source: GraphQL over HTTP.
 */
public final class GraphQlHttp {

  private static final String DIALECT = "graphql";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OTHER_CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?(?!utf-?8\"?\\s*(?:;|$))");

  private final RequestAuthenticator authenticator;
  private final GraphQlEngine engine;

  public GraphQlHttp(RequestAuthenticator authenticator, GraphQlEngine engine) {
    this.authenticator = authenticator;
    this.engine = engine;
  }

  public Mount mount() {
    return new Mount(
        DIALECT,
        Transport.HTTP_PATH,
        false,
        Map.of(
            "GET", exchange -> answer(exchange, this::get),
            "POST", exchange -> answer(exchange, this::post)),
        new GraphQlErrors(ResponseType.JSON));
  }

  private CompletionStage<GraphQlRequest> get(Exchange exchange) {
    return CompletableFuture.completedFuture(RequestReader.fromQuery(exchange));
  }

  private CompletionStage<GraphQlRequest> post(Exchange exchange) {
    String type = exchange.header("Content-Type");
    if (!exchange.mediaType().equals(ResponseType.JSON_NAME) || otherCharset(type)) {
      throw HttpProblem.of(
          Trouble.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "must be application/json in UTF-8");
    }
    return exchange.body().thenApply(RequestReader::fromBody);
  }

  private static boolean otherCharset(@Nullable String type) {
    return type != null && OTHER_CHARSET.matcher(type.toLowerCase(Locale.ROOT)).find();
  }

  private CompletionStage<Reply> answer(
      Exchange exchange, Function<Exchange, CompletionStage<GraphQlRequest>> reader) {
    ResponseType type = ResponseType.liked(accept(exchange)).orElse(null);
    if (type == null) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(
              Trouble.NOT_ACCEPTABLE,
              "Accept",
              "allows neither application/graphql-response+json nor application/json"));
    }
    CompletableFuture<Reply> reply =
        authenticator
            .authenticate(exchange)
            .thenCompose(
                caller ->
                    reader
                        .apply(exchange)
                        .thenCompose(request -> carryOut(request, caller, type, exchange)))
            .toCompletableFuture();
    return reply.exceptionally(failure -> told(failure, type));
  }

  private CompletionStage<Reply> carryOut(
      GraphQlRequest request, Principal caller, ResponseType type, Exchange exchange) {
    CompletableFuture<ExecutionResult> result =
        engine.execute(request, caller).toCompletableFuture();
    // Whoever completes a resolver's stage has other work than to write JSON.
    return result.isDone()
        ? result.thenApply(known -> reply(known, type))
        : result.thenApplyAsync(known -> reply(known, type), exchange.executor());
  }

  private static Reply reply(ExecutionResult result, ResponseType type) {
    ErrorCode code = result.isDataPresent() ? null : code(result);
    boolean post = code == ErrorCode.MUTATION_NEEDS_POST;
    int status = code == null || (type == ResponseType.JSON && !post) ? 200 : status(code);
    Reply reply =
        Reply.json(status, JSON.valueToTree(result.toSpecification()))
            .with("Content-Type", type.contentType());
    return post ? reply.with("Allow", "POST") : reply;
  }

  private static @Nullable ErrorCode code(ExecutionResult result) {
    return result.getErrors().stream()
        .map(GraphQLError::getErrorType)
        .filter(ErrorCode.class::isInstance)
        .map(ErrorCode.class::cast)
        .findFirst()
        .orElse(ErrorCode.INTERNAL);
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case MUTATION_NEEDS_POST -> 405;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case TIMEOUT, UNAVAILABLE -> 503;
      case INTERNAL -> 500;
      default -> 400;
    };
  }

  private static Reply told(Throwable failure, ResponseType type) {
    if (Causes.of(failure) instanceof HttpProblem problem) {
      return new GraphQlErrors(type).shape(problem).with(problem.headers());
    }
    throw Causes.wrapped(failure);
  }

  private static String accept(Exchange exchange) {
    StringBuilder all = new StringBuilder();
    exchange.eachHeader(
        (name, value) -> {
          if (name.equals("accept")) {
            all.append(all.isEmpty() ? "" : ",").append(value);
          }
        });
    return all.toString();
  }
}
