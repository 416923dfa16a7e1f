package io.millrace.gateway.http.socket;

import io.millrace.gateway.http.Exchange;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a handshake. A browser sends those that it keeps for this host with whatever
 * any page makes it do, and lets any page open a WebSocket: so they count for this host's own pages
 * only, and for programs, which name no origin.
 */
public final class HandshakeCredentials {

  private HandshakeCredentials() {}

  /** The value of {@code Authorization} of a handshake, if it has one that may be believed. */
  public static Optional<String> believed(Exchange exchange) {
    return Optional.ofNullable(
        believed(
            exchange.header("Authorization"), exchange.header("Origin"), exchange.header("Host")));
  }

  /**
   * The value of {@code Authorization} if it may be believed, else null.
   *
   * @param origin the header {@code Origin}: scheme and authority of the page
   * @param host the header {@code Host}
   */
  public static @Nullable String believed(
      @Nullable String authorization, @Nullable String origin, @Nullable String host) {
    return origin == null || (host != null && host.equalsIgnoreCase(authority(origin)))
        ? authorization
        : null;
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
