package io.millrace.source.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Credentials.OAuth2.ClientAuthentication;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by client credentials: kept, fetched anew a while before they expire, and after the vendor
 * has refused one. Source: RFC 6749, section 4.4.
 */
final class Tokens implements Authorization {

  private static final ObjectMapper JSON = new ObjectMapper();
  // For endpoints that do not say it.
  private static final long USUAL_SECONDS = 300;
  private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

  private final OAuth2 credentials;
  private final Exchange exchange;
  private final Duration timeout;
  private final RetryAfter pause;
  private final Clock clock;
  // Guarded by this.
  private @Nullable Token current;

  Tokens(OAuth2 credentials, Exchange exchange, Duration timeout, RetryAfter pause) {
    this.credentials = credentials;
    this.exchange = exchange;
    this.timeout = timeout;
    this.pause = pause;
    this.clock = pause.clock();
  }

  private record Token(String value, Instant refresh) {}

  @Override
  public synchronized String value() throws IOException, InterruptedException {
    Token token = current;
    if (token == null || !clock.instant().isBefore(token.refresh())) {
      token = fetch();
      current = token;
    }
    return token.value();
  }

  @Override
  public synchronized boolean refused(String value) {
    if (current != null && current.value().equals(value)) {
      current = null;
    }
    return true;
  }

  private Token fetch() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = exchange.send(request(), timeout);
    } catch (IOException e) {
      throw new IOException("the token endpoint: " + e.getMessage(), e);
    }
    JsonNode json = read(answer.body());
    int status = answer.statusCode();
    if (status == 200) {
      return token(json);
    }
    String cause = "the token endpoint answered " + status + error(json);
    if (status == 429 || status == 408 || status >= 500) {
      String header = answer.headers().firstValue(RetryAfter.HEADER).orElse(null);
      throw new LaterException(cause, pause.read(header));
    }
    throw new ConnectException(cause + ": check identity.client.id, its secret and scope");
  }

  private Token token(JsonNode json) throws IOException {
    String value = json.path("access_token").asText("");
    if (!value.matches("[!-~]+")
        || !json.path("token_type").asText("Bearer").equalsIgnoreCase("Bearer")) {
      throw new IOException("the token endpoint sent no bearer token");
    }
    long told = json.path("expires_in").asLong(USUAL_SECONDS);
    long seconds = Math.min(LONGEST_SECONDS, Math.max(0, told));
    // Ahead of time, so that no request carries a token that expires on the way.
    long ahead = Math.min(60, seconds / 5);
    return new Token("Bearer " + value, clock.instant().plusSeconds(seconds - ahead));
  }

  private HttpRequest request() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    if (credentials.scope() != null) {
      form.put("scope", credentials.scope());
    }
    credentials.parameters().forEach((name, value) -> form.put(name, value.value()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(credentials.tokenUrl())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    String id = credentials.clientId();
    String secret = credentials.clientSecret().value();
    if (credentials.clientAuthentication() == ClientAuthentication.BASIC) {
      byte[] pair = (encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.US_ASCII);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    } else {
      form.put("client_id", id);
      form.put("client_secret", secret);
    }
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return request.POST(BodyPublishers.ofString(body)).build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  // Only the code, in the characters of those that the standard lists.
  private static String error(JsonNode json) {
    String code = json.path("error").asText("");
    return code.matches("[a-z_]{1,40}") ? " (" + code + ")" : "";
  }
}
