package io.millrace.gateway.foundry.socket;

import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.RequestAuthenticator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a client's token and its {@code clientUUID} may stand. */
final class TokenNames {

  /** What the SDKs of today and the older ones call the token. */
  static final List<String> ALL = RequestAuthenticator.TOKEN_HEADERS;

  private static final String CLIENT = "clientUUID";

  private TokenNames() {}

  /** Where a token was found, for messages, and what it is. */
  record Found(String field, String value) {

    @Override
    public String toString() {
      return field;
    }
  }

  /** The token of a handshake: in a header, else in the query, by which browsers must send it. */
  static Optional<Found> token(Exchange exchange) {
    for (String name : ALL) {
      String value = first(exchange, name);
      if (value != null) {
        return Optional.of(new Found(name, value));
      }
    }
    return Optional.empty();
  }

  /** The client's id of a handshake. */
  static Optional<String> client(Exchange exchange) {
    return Optional.ofNullable(first(exchange, CLIENT));
  }

  private static @Nullable String first(Exchange exchange, String name) {
    String header = exchange.header(name);
    return header != null
        ? header
        : spellings(name)
            .flatMap(spelling -> Stream.ofNullable(exchange.query(spelling)))
            .findFirst()
            .orElse(null);
  }

  // Names in a query have a case, and the vendor's own code has several.
  private static Stream<String> spellings(String name) {
    return Stream.of(name, name.replace("VoltMX", "Voltmx"), name.toLowerCase(Locale.ROOT));
  }
}
