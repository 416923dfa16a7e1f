package io.millrace.gateway.graphql.http;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media types of a GraphQL response, the preferred one first. */
enum ResponseType {
  /** Its status tells whether the operation could be carried out. */
  GRAPHQL("application/graphql-response+json"),
  /** For older clients: a request that can be read is answered 200. */
  JSON(ResponseType.JSON_NAME);

  static final String JSON_NAME = "application/json";

  private final String name;

  ResponseType(String name) {
    this.name = name;
  }

  /** As the header {@code Content-Type} has it. */
  String contentType() {
    return name + "; charset=utf-8";
  }

  /** What a client likes best; empty if it takes neither. Without a wish, and for any: JSON. */
  static Optional<ResponseType> liked(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(JSON);
    }
    double graphql = GRAPHQL.quality(accept);
    double json = JSON.quality(accept);
    if (graphql <= 0 && json <= 0) {
      return Optional.empty();
    }
    boolean named = accept.toLowerCase(Locale.ROOT).contains(GRAPHQL.name);
    return Optional.of(graphql > json || (graphql >= json && named) ? GRAPHQL : JSON);
  }

  /** From 0 to 1, by the range that fits closest; -1 if none does. */
  private double quality(String accept) {
    int closest = 0;
    double quality = -1;
    for (String part : accept.split(",", -1)) {
      String[] range = part.toLowerCase(Locale.ROOT).split(";", -1);
      int closeness = closeness(range[0].strip());
      if (closeness > closest) {
        closest = closeness;
        quality = weight(range);
      }
    }
    return quality;
  }

  private int closeness(String range) {
    return range.equals(name) ? 3 : range.equals("application/*") ? 2 : range.equals("*/*") ? 1 : 0;
  }

  private static double weight(String[] range) {
    for (int i = 1; i < range.length; i++) {
      String parameter = range[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2).strip());
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
