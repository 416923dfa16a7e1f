package io.millrace.emitter.http;

import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.ApiKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * What credentials add to a request; all of it is secret.
 *
 * @param query without a question mark; empty for none
 */
public record Proof(List<Header> headers, String query) {

  public static final Proof NONE = new Proof(List.of(), "");

  public static Proof basic(Credentials.Basic basic) {
    return basic(basic.username(), basic.password().value());
  }

  public static Proof basic(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  public static Proof bearer(String token) {
    return authorization("Bearer " + token);
  }

  public static Proof apiKey(ApiKey key) {
    String value = key.value().value();
    return switch (key.in()) {
      case HEADER -> new Proof(List.of(secret(key.name(), value)), "");
      case QUERY -> new Proof(List.of(), encoded(key.name()) + "=" + encoded(value));
    };
  }

  /** The path with the query added. */
  public String addTo(String path) {
    return query.isEmpty() ? path : path + (path.indexOf('?') < 0 ? '?' : '&') + query;
  }

  @Override
  public String toString() {
    return "[hidden]";
  }

  private static Proof authorization(String value) {
    return new Proof(List.of(secret(HttpHeaders.AUTHORIZATION, value)), "");
  }

  // HTTP/2 then keeps it out of its compression tables.
  private static Header secret(String name, String value) {
    return new BasicHeader(name, value, true);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
