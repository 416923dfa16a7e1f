package io.millrace.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a client shows to prove who it is. Never prints its secret. */
public sealed interface Credentials {

  /** A name and a password. */
  record Basic(String user, String password) implements Credentials {

    @Override
    public String toString() {
      return "Basic " + user;
    }
  }

  /** A token: one of the users file, or a JWT. */
  record Bearer(String token) implements Credentials {

    @Override
    public String toString() {
      return "Bearer";
    }
  }

  /**
   * Reads a value of the header {@code Authorization}, or what an API carries in its place.
   *
   * @return empty if it is neither Basic nor Bearer, or cannot be read
   */
  static Optional<Credentials> parse(String value) {
    String text = value.strip();
    int space = text.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String rest = text.substring(space + 1).strip();
    return switch (text.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> basic(rest);
      case "bearer" -> rest.isEmpty() ? Optional.empty() : Optional.of(new Bearer(rest));
      default -> Optional.empty();
    };
  }

  /** Reads a value in which a token may stand without the word {@code Bearer} before it. */
  static Optional<Credentials> parseToken(String value) {
    String text = value.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return text.indexOf(' ') < 0 ? Optional.of(new Bearer(text)) : parse(text);
  }

  private static Optional<Credentials> basic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 1
          ? Optional.empty()
          : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
