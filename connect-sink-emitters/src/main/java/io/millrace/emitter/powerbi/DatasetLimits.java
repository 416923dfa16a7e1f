package io.millrace.emitter.powerbi;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps to what one dataset takes: so many posts a minute, rows an hour and posts under way. Shared
 * by all lanes that write to the dataset; never waits. Safe for use by several threads. Source:
 * Power BI push dataset limits.
 */
final class DatasetLimits {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  // When the one under way that makes room ends is not known.
  private static final Duration SOON = Duration.ofMillis(50);

  /**
   * The limits.
   *
   * @param posts most a minute
   * @param rows most an hour
   * @param pending most posts under way at once
   */
  record Most(int posts, int rows, int pending) {}

  private record Posted(long at, int rows) {}

  private final Most most;
  private final Clock clock;
  // Those of the last hour, the oldest first.
  private final Deque<Posted> hour = new ArrayDeque<>();
  // Those of the last minute.
  private final Deque<Long> minute = new ArrayDeque<>();
  private long rows;
  private int pending;
  private long closedUntil = Long.MIN_VALUE;

  /** With a clock that never goes back. */
  DatasetLimits(Most most, Clock clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * Takes a post's place and returns zero, or returns how long none is to be had. To be paired with
   * one {@link #answered} if it was taken.
   */
  synchronized Duration take(int count) {
    long now = clock.millis();
    forget(now);
    if (now < closedUntil) {
      return Duration.ofMillis(closedUntil - now);
    }
    if (pending >= most.pending()) {
      return SOON;
    }
    long wait = Math.max(untilAPost(now), untilRows(count, now));
    if (wait > 0) {
      return Duration.ofMillis(wait);
    }
    minute.addLast(now);
    hour.addLast(new Posted(now, count));
    rows += count;
    pending++;
    return Duration.ZERO;
  }

  /** The post was answered, or given up. */
  synchronized void answered() {
    pending--;
  }

  /** The dataset wants to be left alone for so long. */
  synchronized void close(Duration time) {
    closedUntil = Math.max(closedUntil, clock.millis() + time.toMillis());
  }

  private long untilAPost(long now) {
    Long oldest = minute.peekFirst();
    return oldest == null || minute.size() < most.posts() ? 0 : oldest + MINUTE - now;
  }

  private long untilRows(int count, long now) {
    long tooMany = rows + count - most.rows();
    long until = 0;
    for (Posted each : hour) {
      if (tooMany <= 0) {
        break;
      }
      tooMany -= each.rows();
      until = each.at() + HOUR - now;
    }
    return until;
  }

  private void forget(long now) {
    while (!minute.isEmpty() && minute.getFirst() + MINUTE <= now) {
      minute.removeFirst();
    }
    while (!hour.isEmpty() && hour.getFirst().at() + HOUR <= now) {
      rows -= hour.removeFirst().rows();
    }
  }
}
