package io.millrace.source.websocket;

import java.time.Duration;

/**
 * What bounds a connection.
 *
 * @param message most characters of one message
 * @param ahead most whole messages that are read before they are asked for; they have no more than
 *     {@code message} characters in all, but for the last one
 * @param idle when nothing at all was heard for so long although it would have been read, the
 *     connection counts as lost
 */
public record Limits(int message, int ahead, Duration idle) {

  /** Checks the bounds. */
  public Limits {
    if (message < 1 || ahead < 1 || idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("bounds must be above zero");
    }
  }
}
