package io.millrace.gateway.foundry.socket;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.RequestAuthenticator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Credentials that a client has shown. Never prints them.
 *
 * @param field where they were found, for messages
 * @param standard whether they are a value of {@code Authorization}, else a token
 */
record ShownToken(String value, String field, boolean standard) {

  private static final String AUTHORIZATION = "Authorization";

  static ShownToken inMessage(String token) {
    return new ShownToken(token, "X-VoltMX-Authorization", false);
  }

  /** Those of a handshake. */
  static Optional<ShownToken> of(Exchange exchange) {
    return TokenNames.token(exchange)
        .map(found -> new ShownToken(found.value(), found.field(), false))
        .or(() -> standard(exchange));
  }

  private static Optional<ShownToken> standard(Exchange exchange) {
    return exchange
        .believedAuthorization()
        .map(value -> new ShownToken(value, AUTHORIZATION, true));
  }

  CompletionStage<Principal> check(RequestAuthenticator authenticator, Executor executor) {
    return standard
        ? authenticator.authenticate(value, field, executor)
        : authenticator.authenticateToken(value, field, executor);
  }

  @Override
  public String toString() {
    return field;
  }
}
