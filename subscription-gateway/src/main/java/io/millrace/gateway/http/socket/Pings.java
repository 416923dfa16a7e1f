package io.millrace.gateway.http.socket;

import java.time.Duration;

/**
 * Pings that a dialect promises: one each interval, whatever else is said, and the end of who does
 * not answer them. They stand in for those that the server sends by itself.
 *
 * @param unanswered so many in a row, and an interval more, end the socket
 */
public record Pings(Duration interval, int unanswered) {

  public Pings {
    if (interval.isNegative() || interval.isZero() || unanswered < 1) {
      throw new IllegalArgumentException(
          "pings come at intervals, and one at least is not answered");
    }
  }
}
