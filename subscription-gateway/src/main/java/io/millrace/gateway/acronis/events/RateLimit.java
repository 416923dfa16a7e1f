package io.millrace.gateway.acronis.events;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How often each may ask: as many times at once as in a second, and steadily thereafter (the
 * generic cell rate algorithm, which remembers one number for each). Safe for use by several
 * threads.
 */
final class RateLimit {

  private static final int FORGET_AFTER = 1_000;

  private final long interval;
  private final LongSupplier nanoTime;
  // When each may ask again as if it never had.
  private final Map<String, Long> rested = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * Limits to a rate.
   *
   * @param perSecond 0 for no limit
   */
  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.interval = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.nanoTime = nanoTime;
  }

  /** Zero if this one may ask now, which then counts; else how long it must wait. */
  Duration ask(String who) {
    if (interval == 0) {
      return Duration.ZERO;
    }
    long now = nanoTime.getAsLong();
    if (asked.incrementAndGet() % FORGET_AFTER == 0) {
      rested.values().removeIf(at -> at - now <= 0);
    }
    long burst = TimeUnit.SECONDS.toNanos(1);
    long[] wait = new long[1];
    rested.compute(
        who,
        (key, at) -> {
          long from = at == null || at - now < 0 ? now : at;
          if (from + interval - now > burst) {
            wait[0] = from + interval - now - burst;
            return from;
          }
          return from + interval;
        });
    return Duration.ofNanos(wait[0]);
  }
}
