package io.millrace.emitter.webhook;

import io.millrace.emitter.http.Answer;
import io.millrace.emitter.http.Post;
import io.millrace.emitter.http.Proof;
import io.millrace.emitter.http.StatusPolicy;
import io.millrace.emitter.http.Target;
import io.millrace.emitter.http.TokenPost;
import io.millrace.emitter.http.Tokens;
import io.millrace.emitter.http.Wire;
import io.millrace.emitter.lane.Outcome;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Identity;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one emitter as the one it is, signed, and says what the answers mean. A
 * token that the endpoint does not take is replaced once. Safe for use by several threads.
 */
final class Attempts {

  private record Signing(Identity identity, Signer signer) {}

  private final Target target;
  private final Wire wire;
  private final Tokens tokens;
  private final StatusPolicy policy;
  private final Duration timeout;
  private final Clock clock;
  private volatile @Nullable Signing signing;

  Attempts(
      Target target, Wire wire, Tokens tokens, StatusPolicy policy, Duration timeout, Clock clock) {
    this.target = target;
    this.wire = wire;
    this.tokens = tokens;
    this.policy = policy;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * Sends a request.
   *
   * @param id the same for every attempt with these events
   */
  CompletionStage<Outcome> send(String id, Layout.Content content, Optional<Identity> identity) {
    Signer signer = identity.map(this::signer).orElse(null);
    Request request = new Request(id, content, signer);
    Credentials credentials = identity.map(Identity::credentials).orElse(null);
    if (credentials instanceof OAuth2 oauth2) {
      return new TokenPost(tokens, oauth2, proof -> post(request, proof), this::outcome).send();
    }
    return proof(credentials)
        .map(proof -> post(request, proof).thenApply(this::outcome))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    new Outcome.Refused("the identity is not one for HTTP", null)));
  }

  private record Request(String id, Layout.Content content, @Nullable Signer signer) {}

  private CompletionStage<Answer> post(Request request, Proof proof) {
    List<Header> headers = new ArrayList<>(request.content().headers());
    for (Header header : proof.headers()) {
      headers.removeIf(other -> other.getName().equalsIgnoreCase(header.getName()));
      headers.add(header);
    }
    headers.add(new BasicHeader(Signer.ID, request.id()));
    if (request.signer() != null) {
      long seconds = clock.instant().getEpochSecond();
      headers.add(new BasicHeader(Signer.TIMESTAMP, Long.toString(seconds)));
      headers.add(
          new BasicHeader(
              Signer.SIGNATURE,
              request.signer().signature(request.id(), seconds, request.content().body())));
    }
    return wire.post(
        new Post(target.host(), proof.addTo(target.path()), headers, request.content().body()),
        timeout);
  }

  private Outcome outcome(Answer answer) {
    if (answer instanceof Answer.Response response) {
      return policy.outcome(response.status(), response.retryAfter());
    }
    return answer instanceof Answer.Forbidden forbidden
        ? new Outcome.Refused(forbidden.cause(), null)
        : Outcome.retry(((Answer.Failure) answer).cause());
  }

  private static Optional<Proof> proof(@Nullable Credentials credentials) {
    if (credentials == null) {
      return Optional.of(Proof.NONE);
    }
    if (credentials instanceof Credentials.Basic basic) {
      return Optional.of(Proof.basic(basic));
    }
    if (credentials instanceof Credentials.Bearer bearer) {
      return Optional.of(Proof.bearer(bearer.token().value()));
    }
    return credentials instanceof Credentials.ApiKey key
        ? Optional.of(Proof.apiKey(key))
        : Optional.empty();
  }

  private @Nullable Signer signer(Identity identity) {
    if (identity.signingSecrets().isEmpty()) {
      return null;
    }
    Signing last = signing;
    if (last == null || !last.identity().equals(identity)) {
      last = new Signing(identity, new Signer(identity.signingSecrets()));
      signing = last;
    }
    return last.signer();
  }
}
