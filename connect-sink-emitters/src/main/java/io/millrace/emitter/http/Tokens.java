package io.millrace.emitter.http;

import io.millrace.model.identity.Credentials.OAuth2;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by client credentials: one for all who have the same, fetched once at a time, and anew a
 * while before it expires. Safe for use by several threads. Source: RFC 6749, section 4.4.
 */
public final class Tokens {

  private static final int MOST = 1_000;

  private final Map<OAuth2, Slot> slots = new ConcurrentHashMap<>();
  private final Wire wire;
  private final StatusPolicy policy;
  private final Duration timeout;
  private final Clock clock;

  /**
   * Has none yet.
   *
   * @param timeout of one request for a token
   */
  public Tokens(Wire wire, StatusPolicy policy, Duration timeout, Clock clock) {
    this.wire = wire;
    this.policy = policy;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** A token of these credentials; never fails. */
  public CompletionStage<TokenAnswer> token(OAuth2 credentials) {
    if (slots.size() >= MOST) {
      slots.values().removeIf(slot -> slot.isOver(clock.instant()));
    }
    return slots.computeIfAbsent(credentials, Slot::new).token();
  }

  /** The endpoint did not take this token: it is not used again. */
  public void drop(OAuth2 credentials, TokenAnswer.Token refused) {
    Slot slot = slots.get(credentials);
    if (slot != null) {
      slot.drop(refused);
    }
  }

  /** Mutable, guarded by itself. */
  private final class Slot {
    private final OAuth2 credentials;
    private TokenAnswer.@Nullable Token current;
    private @Nullable CompletableFuture<TokenAnswer> underWay;

    Slot(OAuth2 credentials) {
      this.credentials = credentials;
    }

    CompletionStage<TokenAnswer> token() {
      CompletableFuture<TokenAnswer> fetch;
      TokenAnswer.Token token;
      synchronized (this) {
        Instant now = clock.instant();
        token = current != null && now.isBefore(current.expires()) ? current : null;
        if (token != null && now.isBefore(token.refresh())) {
          return CompletableFuture.completedStage(token);
        }
        if (underWay != null) {
          return token == null ? underWay : CompletableFuture.completedStage(token);
        }
        fetch = new CompletableFuture<>();
        underWay = fetch;
      }
      var unused = fetch().whenComplete((answer, error) -> fetched(answer, error, fetch));
      return token == null ? fetch : CompletableFuture.completedStage(token);
    }

    synchronized void drop(TokenAnswer.Token refused) {
      if (refused.equals(current)) {
        current = null;
      }
    }

    synchronized boolean isOver(Instant now) {
      return underWay == null && (current == null || !now.isBefore(current.expires()));
    }

    private CompletionStage<TokenAnswer> fetch() {
      return wire.ask(request(credentials), timeout)
          .thenApply(answer -> TokenAnswer.read(answer, policy, clock.instant()));
    }

    private void fetched(
        @Nullable TokenAnswer answer,
        @Nullable Throwable error,
        CompletableFuture<TokenAnswer> fetch) {
      synchronized (this) {
        underWay = null;
        if (answer instanceof TokenAnswer.Token token) {
          current = token;
        }
      }
      if (answer != null) {
        fetch.complete(answer);
      } else {
        fetch.completeExceptionally(error == null ? new IllegalStateException() : error);
      }
    }
  }

  private static Post request(OAuth2 credentials) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    if (credentials.scope() != null) {
      form.put("scope", credentials.scope());
    }
    credentials.parameters().forEach((name, value) -> form.put(name, value.value()));
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded"));
    headers.add(new BasicHeader(HttpHeaders.ACCEPT, "application/json"));
    String secret = credentials.clientSecret().value();
    switch (credentials.clientAuthentication()) {
      case BASIC ->
          headers.addAll(Proof.basic(encoded(credentials.clientId()), encoded(secret)).headers());
      case BODY -> {
        form.put("client_id", credentials.clientId());
        form.put("client_secret", secret);
      }
    }
    Target target = Target.of(credentials.tokenUrl());
    return new Post(target.host(), target.path(), headers, body(form));
  }

  private static Post.Body body(Map<String, String> form) {
    String text =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return new Post.Body(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
