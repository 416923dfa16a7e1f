package io.millrace.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts requests by dialect and outcome. */
public final class RequestMetrics {

  /** Counter of answered requests; tags {@value #DIALECT} and {@value #OUTCOME}. */
  public static final String REQUESTS = "millrace.gateway.requests";

  public static final String DIALECT = "dialect";

  /** One of success, rejected, unauthenticated, too_large, unavailable, error, abandoned. */
  public static final String OUTCOME = "outcome";

  private final MeterRegistry registry;

  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void answered(String dialect, int status) {
    count(dialect, outcome(status));
  }

  void abandoned(String dialect) {
    count(dialect, "abandoned");
  }

  private void count(String dialect, String outcome) {
    registry.counter(REQUESTS, DIALECT, dialect, OUTCOME, outcome).increment();
  }

  static String outcome(int status) {
    return switch (status) {
      case 401, 403 -> "unauthenticated";
      case 413 -> "too_large";
      case 503 -> "unavailable";
      default -> status < 400 ? "success" : status < 500 ? "rejected" : "error";
    };
  }
}
