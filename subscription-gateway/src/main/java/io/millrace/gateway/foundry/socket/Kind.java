package io.millrace.gateway.foundry.socket;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a topic's events that a client does not acknowledge. */
enum Kind {
  /** They are kept for the client, until it acknowledges them or they are too old. */
  PRIVATE,
  /** Whoever is connected gets them, and nothing is kept. */
  PUBLIC;

  static Optional<Kind> of(String written) {
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "private" -> Optional.of(PRIVATE);
      case "public" -> Optional.of(PUBLIC);
      default -> Optional.empty();
    };
  }
}
