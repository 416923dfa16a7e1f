package io.millrace.source.http;

import io.millrace.model.identity.Credentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What a request says of who sends it. Implementations may be used by several threads. */
public interface Authorization {

  /** Says nothing. */
  Authorization NONE = () -> null;

  /**
   * The value of the header {@code Authorization}, such as {@code Bearer …}; null for none. May
   * fetch a token, and waits for it.
   *
   * @throws IOException if that fails for a reason that passes
   * @throws ConnectException if that needs a person
   */
  @Nullable String value() throws IOException, InterruptedException;

  /**
   * The vendor did not take this value.
   *
   * @return whether {@link #value} will give another one
   */
  default boolean refused(String value) {
    return false;
  }

  /**
   * By credentials.
   *
   * @param timeout of one request for a token
   */
  static Authorization of(
      @Nullable Credentials credentials, Exchange exchange, Duration timeout, RetryAfter pause) {
    if (credentials instanceof Credentials.Basic basic) {
      String pair = basic.username() + ":" + basic.password().value();
      String value =
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      return () -> value;
    }
    if (credentials instanceof Credentials.Bearer bearer) {
      String value = "Bearer " + bearer.token().value();
      return () -> value;
    }
    if (credentials instanceof Credentials.OAuth2 oauth2) {
      return new Tokens(oauth2, exchange, timeout, pause);
    }
    if (credentials != null) {
      throw new ConnectException("identity.type " + credentials.type() + " is not known here");
    }
    return NONE;
  }
}
