package io.millrace.source.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The URL of a vendor's WebSocket as people write it. */
public final class SocketUri {

  private SocketUri() {}

  /**
   * Reads it; {@code http} and {@code https} become {@code ws} and {@code wss}.
   *
   * @throws IllegalArgumentException with the end of a sentence, if it is none
   */
  public static URI parse(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme =
          switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "ws", "http" -> "ws";
            case "wss", "https" -> "wss";
            default -> throw new IllegalArgumentException("must begin with ws:// or wss://");
          };
      if (uri.getHost() == null) {
        throw new IllegalArgumentException("must have a host");
      }
      if (uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw new IllegalArgumentException("must have no user, no query and no fragment");
      }
      return URI.create(scheme + "://" + uri.getRawAuthority() + uri.getRawPath());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("must be a URL", e);
    }
  }

  /** Checks the value of a configuration key, and does not repeat it: it may have a password. */
  public static void validate(String key, @Nullable Object value) {
    if (value != null) {
      try {
        URI unused = parse(value.toString());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(key + " " + e.getMessage());
      }
    }
  }
}
