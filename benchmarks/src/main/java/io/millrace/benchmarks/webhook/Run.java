package io.millrace.benchmarks.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * When each event of one run was due and when it arrived, in nanoseconds of {@link
 * System#nanoTime}; an event is known by its number. Safe for use by several threads.
 */
final class Run {

  private final AtomicLongArray due;
  private final AtomicLongArray arrived;
  private final CountDownLatch missing;

  /**
   * A run of so many events.
   *
   * @param lost how many of them will never arrive
   */
  Run(int events, int lost) {
    due = new AtomicLongArray(events);
    arrived = new AtomicLongArray(events);
    missing = new CountDownLatch(events - lost);
  }

  int events() {
    return due.length();
  }

  void due(int event, long nanos) {
    due.set(event, nanos);
  }

  void arrived(int event) {
    if (event < arrived.length() && arrived.compareAndSet(event, 0, System.nanoTime())) {
      missing.countDown();
    }
  }

  /** Returns when all have arrived; those that do not within the time are reported as missing. */
  void await(int seconds) throws InterruptedException {
    if (!missing.await(seconds, TimeUnit.SECONDS)) {
      System.out.printf("   %d events have not arrived within %d s%n", missing.getCount(), seconds);
    }
  }

  boolean isComplete() {
    return missing.getCount() == 0;
  }

  /** Arrivals a second, without the first tenth. */
  double perSecond() {
    long[] times = new long[events()];
    int count = 0;
    for (int event = 0; event < times.length; event++) {
      if (arrived.get(event) != 0) {
        times[count++] = arrived.get(event);
      }
    }
    Arrays.sort(times, 0, count);
    int from = count / 10;
    return (count - 1 - from) * 1e9 / (times[count - 1] - times[from]);
  }

  /** From due to arrived, without the first tenth, in milliseconds. */
  String latency() {
    Histogram histogram = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    for (int event = events() / 10; event < events(); event++) {
      if (arrived.get(event) != 0 && due.get(event) != 0) {
        long micros = TimeUnit.NANOSECONDS.toMicros(arrived.get(event) - due.get(event));
        histogram.recordValue(Math.min(Math.max(0, micros), histogram.getHighestTrackableValue()));
      }
    }
    return String.format(
        Locale.ROOT,
        "p50 %6.1f  p99 %6.1f  max %6.1f ms",
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getMaxValue() / 1e3);
  }
}
