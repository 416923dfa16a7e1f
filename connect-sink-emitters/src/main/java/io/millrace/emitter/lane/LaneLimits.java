package io.millrace.emitter.lane;

/**
 * How much a lane takes on.
 *
 * @param maxInFlight most attempts that are under way at once
 * @param buffer most events that wait or are under way, give or take one poll
 * @param maxAhead most offsets between the oldest event that waits and the newest one taken: so
 *     many are at most delivered again after a crash
 */
public record LaneLimits(int maxInFlight, int buffer, int maxAhead) {

  public LaneLimits {
    if (maxInFlight < 1 || buffer < 1 || maxAhead < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
