package io.millrace.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authentication.Reason;
import io.millrace.gateway.auth.Authenticator;
import io.millrace.gateway.auth.Credentials;
import io.millrace.gateway.auth.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds the credentials of a request in its headers, and who shows them. */
public final class RequestAuthenticator {

  /** Counter of refused requests; tag {@code reason}. */
  public static final String FAILURES = "millrace.gateway.auth.failures";

  /** Foundry's SDKs, of today and older: a token, mostly without the word Bearer. */
  public static final List<String> TOKEN_HEADERS =
      List.of("X-VoltMX-Authorization", "X-Kony-Authorization");

  private static final String CHALLENGE =
      "Basic realm=\"millrace\", charset=\"UTF-8\", Bearer realm=\"millrace\"";
  private static final String AUTHORIZATION = "Authorization";

  private final Authenticator authenticator;
  private final MeterRegistry registry;

  public RequestAuthenticator(Authenticator authenticator, MeterRegistry registry) {
    this.authenticator = authenticator;
    this.registry = registry;
  }

  /** Who calls; fails with {@link HttpProblem} when that is not proven. */
  public CompletionStage<Principal> authenticate(Exchange exchange) {
    for (String header : TOKEN_HEADERS) {
      String value = exchange.header(header);
      if (value != null) {
        return check(exchange.executor(), Credentials.parseToken(value), header);
      }
    }
    String value = exchange.header(AUTHORIZATION);
    if (value != null && !exchange.trusted()) {
      return refuse(AUTHORIZATION, Reason.FOREIGN, "is not believed from another host's page");
    }
    return authenticate(value, AUTHORIZATION, exchange.executor());
  }

  /**
   * Who shows these credentials; fails with {@link HttpProblem} when that is not proven.
   *
   * @param value as the header {@code Authorization} has it; null if there is none
   * @param field where it was found, for the client
   * @param executor where work goes on when the check takes a while
   */
  public CompletionStage<Principal> authenticate(
      @Nullable String value, String field, Executor executor) {
    return value == null
        ? refuse(field, Reason.MISSING, "is missing")
        : check(executor, Credentials.parse(value), field);
  }

  /** The same of a token, before which the word {@code Bearer} may be missing. */
  public CompletionStage<Principal> authenticateToken(
      String token, String field, Executor executor) {
    return check(executor, Credentials.parseToken(token), field);
  }

  private CompletionStage<Principal> check(
      Executor executor, Optional<Credentials> credentials, String header) {
    if (credentials.isEmpty()) {
      return refuse(header, Reason.MALFORMED, "holds neither Basic nor Bearer credentials");
    }
    CompletableFuture<Authentication> answer =
        authenticator.authenticate(credentials.get()).toCompletableFuture();
    // The few threads that check credentials shall not go on to read and parse bodies.
    return answer.isDone()
        ? answer.thenCompose(known -> outcome(known, header))
        : answer.thenComposeAsync(known -> outcome(known, header), executor);
  }

  private CompletionStage<Principal> outcome(Authentication answer, String header) {
    return answer instanceof Authentication.Accepted accepted
        ? CompletableFuture.completedFuture(accepted.principal())
        : refuse(header, (Authentication.Refused) answer);
  }

  private CompletionStage<Principal> refuse(String header, Authentication.Refused refused) {
    return refuse(header, refused.reason(), "was refused: " + refused.sentence());
  }

  private CompletionStage<Principal> refuse(String header, Reason reason, String sentence) {
    registry.counter(FAILURES, "reason", reason.name().toLowerCase(Locale.ROOT)).increment();
    HttpProblem problem =
        reason == Reason.UNAVAILABLE
            ? HttpProblem.of(Trouble.UNAVAILABLE, header, sentence).with("Retry-After", "1")
            : HttpProblem.of(Trouble.UNAUTHENTICATED, header, sentence)
                .with("WWW-Authenticate", CHALLENGE);
    return CompletableFuture.failedFuture(problem);
  }
}
