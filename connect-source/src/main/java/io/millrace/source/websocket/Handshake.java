package io.millrace.source.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a connection is opened with. Its text form has neither headers nor query, where credentials
 * may be.
 *
 * @param uri {@code ws} or {@code wss}, with a host, without user and fragment
 * @param headers beside those of the handshake itself
 * @param subprotocols offered, the preferred one first; may be empty
 * @param timeout of the whole handshake, from connecting to the server's answer
 */
public record Handshake(
    URI uri, Map<String, String> headers, List<String> subprotocols, Duration timeout) {

  /**
   * Checks the URI and copies the collections.
   *
   * @throws IllegalArgumentException telling what is wrong with the URI or the time-out
   */
  public Handshake {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("ws") && !scheme.equals("wss")) {
      throw new IllegalArgumentException("the URI's scheme must be ws or wss");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the URI must have a host, and no user nor fragment");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the time-out must be above zero");
    }
    headers = Map.copyOf(headers);
    subprotocols = List.copyOf(subprotocols);
  }

  /** Where the connection goes, without the query: credentials may be in it. */
  public String place() {
    return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
  }

  @Override
  public String toString() {
    return "Handshake[" + place() + "]";
  }
}
