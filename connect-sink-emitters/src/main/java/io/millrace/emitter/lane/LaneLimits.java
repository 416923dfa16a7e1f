package io.millrace.emitter.lane;

/**
 * How much a lane takes on.
 *
 * @param maxInFlight most attempts that are under way at once
 * @param buffer most events that wait or are under way, give or take one poll
 * @param maxAhead most offsets between the oldest event that waits and the newest one taken: so
 *     many are at most delivered again after a crash
 * @param ordered whether events go out in the order of their offsets, as if all had one key
 */
public record LaneLimits(int maxInFlight, int buffer, int maxAhead, boolean ordered) {

  /** Of a lane that keeps order per key. */
  public LaneLimits(int maxInFlight, int buffer, int maxAhead) {
    this(maxInFlight, buffer, maxAhead, false);
  }

  public LaneLimits {
    if (maxInFlight < 1 || buffer < 1 || maxAhead < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }

  /** The same for a lane that keeps the order of all events. */
  public LaneLimits inOrder() {
    return new LaneLimits(maxInFlight, buffer, maxAhead, true);
  }
}
