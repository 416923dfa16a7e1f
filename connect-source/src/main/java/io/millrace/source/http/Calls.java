package io.millrace.source.http;

import io.millrace.model.identity.Credentials;
import io.millrace.source.config.ConnectionConfig;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.Problems;
import io.millrace.source.config.RetryConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a vendor with the source's credentials: with a fresh token once more after a 401.
 *
 * @param pause reads what the vendor says of how long to wait
 */
public record Calls(
    Exchange exchange, Authorization authorization, Duration timeout, RetryAfter pause) {

  private static final String HEADER = "Authorization";
  private static final int UNAUTHORIZED = 401;

  /**
   * By configuration.
   *
   * @param credentials null for none
   */
  public static Calls of(
      Map<String, String> props, @Nullable Credentials credentials, Clock clock) {
    ConnectionConfig connection = new ConnectionConfig(props);
    RetryAfter pause = new RetryAfter(clock, new RetryConfig(props).retryAfterMax());
    Exchange exchange = new Exchange(HttpClients.of(connection));
    Duration timeout = connection.requestTimeout();
    return new Calls(
        exchange, Authorization.of(credentials, exchange, timeout, pause), timeout, pause);
  }

  /** Sends it; {@link #send(HttpRequest.Builder, Duration)} without more time. */
  public HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request, Duration.ZERO);
  }

  /**
   * Sends it and gives the answer, whatever its status.
   *
   * @param more how long the vendor is asked to wait before it answers
   * @throws IOException if the connection fails or the answer does not come in time
   * @throws ConnectException if there is no token and that needs a person
   */
  public HttpResponse<byte[]> send(HttpRequest.Builder request, Duration more)
      throws IOException, InterruptedException {
    String value = authorization.value();
    HttpResponse<byte[]> answer = attempt(request, value, more);
    if (answer.statusCode() == UNAUTHORIZED && value != null && authorization.refused(value)) {
      return attempt(request, authorization.value(), more);
    }
    return answer;
  }

  /**
   * Tries to get a token, and tells at {@code identity.token.url} if that needs a person.
   *
   * @return whether requests can be sent
   */
  public boolean checkToken(Problems problems) throws IOException, InterruptedException {
    try {
      String unused = authorization.value();
      return true;
    } catch (ConnectException e) {
      problems.add(IdentityConfig.PREFIX + "token.url", "gives no token: " + e.getMessage());
      return false;
    }
  }

  /** The wait that an answer asks for; null if it does not. */
  public @Nullable Duration retryAfter(HttpResponse<?> answer) {
    return pause.read(answer.headers().firstValue(RetryAfter.HEADER).orElse(null));
  }

  private HttpResponse<byte[]> attempt(
      HttpRequest.Builder request, @Nullable String value, Duration more)
      throws IOException, InterruptedException {
    HttpRequest.Builder authorized = request.copy();
    if (value != null) {
      authorized.setHeader(HEADER, value);
    }
    return exchange.send(authorized.build(), timeout.plus(more));
  }
}
