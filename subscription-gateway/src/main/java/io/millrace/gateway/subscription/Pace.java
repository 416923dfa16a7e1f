package io.millrace.gateway.subscription;

import java.time.Duration;

/**
 * How events are handed to a client. Source: MMM, {@code chunkSize}, {@code chunkMaxDelay} and
 * {@code ackLimit}.
 *
 * @param chunkSize most events at once
 * @param chunkMaxDelay longest wait for a chunk to become full
 * @param window most events that are delivered past the last acknowledged one; when no more than
 *     part of a chunk fits, that part is handed out without waiting
 */
public record Pace(int chunkSize, Duration chunkMaxDelay, int window) {

  public Pace {
    if (chunkSize < 1 || window < 1 || chunkMaxDelay.isNegative()) {
      throw new IllegalArgumentException(
          "chunk size and window are at least 1, and the delay is at least 0");
    }
  }
}
