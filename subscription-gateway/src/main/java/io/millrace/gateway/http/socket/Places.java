package io.millrace.gateway.http.socket;

import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many sockets there are, by user, and by address where the user is not known yet. Safe for use
 * by several threads.
 */
final class Places {

  static final String CONNECTIONS = "connections";
  static final String USER = "user";
  static final String ADDRESS = "address";
  static final String MESSAGES = "messages";
  static final String ORIGIN = "origin";

  /** Seconds after which a client may try again. */
  private static final String PATIENCE = "10";

  private final SocketLimits limits;
  private final Map<String, Integer> byUser = new HashMap<>();
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int all;

  Places(SocketLimits limits) {
    this.limits = limits;
  }

  /**
   * Looks whether there is a place for anybody, without taking it.
   *
   * @throws HttpProblem if there is none
   */
  void check(SocketMetrics metrics) {
    if (full()) {
      throw refusal(CONNECTIONS, metrics);
    }
  }

  /**
   * Looks whether there is a place, without taking it.
   *
   * @param user null while that is not known
   * @throws HttpProblem if there is none
   */
  void check(String address, @Nullable String user, SocketMetrics metrics) {
    String limit = full(address, user);
    if (limit != null) {
      throw refusal(limit, metrics);
    }
  }

  private HttpProblem refusal(String limit, SocketMetrics metrics) {
    metrics.refused(limit);
    HttpProblem problem =
        switch (limit) {
          case CONNECTIONS ->
              HttpProblem.of(Trouble.UNAVAILABLE, "gateway", "has as many WebSockets as it takes");
          case USER ->
              HttpProblem.of(
                  Trouble.TOO_MANY_REQUESTS, "user", "has " + limits.perUser() + " WebSockets");
          default ->
              HttpProblem.of(
                  Trouble.TOO_MANY_REQUESTS,
                  "address",
                  "has "
                      + limits.unknownPerAddress()
                      + " WebSockets that do not say whose they are");
        };
    return problem.with("Retry-After", PATIENCE);
  }

  private synchronized boolean full() {
    return reached(all, limits.connections());
  }

  private synchronized @Nullable String full(String address, @Nullable String user) {
    if (full()) {
      return CONNECTIONS;
    }
    if (user != null) {
      return reached(byUser.getOrDefault(user, 0), limits.perUser()) ? USER : null;
    }
    return reached(byAddress.getOrDefault(address, 0), limits.unknownPerAddress()) ? ADDRESS : null;
  }

  private static boolean reached(int count, int limit) {
    return limit > 0 && count >= limit;
  }

  /** Takes a place, whether there is one or not; tells which limit is exceeded by that, if any. */
  synchronized @Nullable String take(String address, @Nullable String user) {
    String exceeded = full(address, user);
    all++;
    (user == null ? byAddress : byUser).merge(user == null ? address : user, 1, Integer::sum);
    return exceeded;
  }

  /** Makes an address's place a user's, unless that has too many. */
  synchronized boolean name(String address, String user) {
    if (reached(byUser.getOrDefault(user, 0), limits.perUser())) {
      return false;
    }
    less(byAddress, address);
    byUser.merge(user, 1, Integer::sum);
    return true;
  }

  synchronized void free(String address, @Nullable String user) {
    all--;
    if (user == null) {
      less(byAddress, address);
    } else {
      less(byUser, user);
    }
  }

  private static void less(Map<String, Integer> counts, String key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
