package io.millrace.benchmarks.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * When each event of a run was due, accepted and received, in nanoseconds of {@link
 * System#nanoTime}. An event is known by its number. Safe for use by several threads.
 */
final class Timeline {

  private final AtomicLongArray due;
  private final AtomicLongArray accepted;
  private final AtomicLongArray received;
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final CountDownLatch missing;

  Timeline(int events) {
    due = new AtomicLongArray(events);
    accepted = new AtomicLongArray(events);
    received = new AtomicLongArray(events);
    missing = new CountDownLatch(events);
  }

  /** The moment at which the event should be sent, however late the sender is. */
  void due(int event, long nanos) {
    due.set(event, nanos);
  }

  void accepted(int event, long nanos) {
    accepted.set(event, nanos);
  }

  void refused() {
    refused.incrementAndGet();
    missing.countDown();
  }

  void received(int event, long nanos) {
    if (received.compareAndSet(event, 0, nanos)) {
      missing.countDown();
    } else {
      repeats.incrementAndGet();
    }
  }

  boolean awaitAll(long seconds) throws InterruptedException {
    return missing.await(seconds, TimeUnit.SECONDS);
  }

  /**
   * Reports events from number {@code from} on, those before being the warm-up: throughput from the
   * first due to the last received, latency in milliseconds.
   */
  String report(int from) {
    Histogram toAccepted = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    Histogram acceptedToReceived = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
    long last = 0;
    int lost = 0;
    for (int event = from; event < due.length(); event++) {
      if (received.get(event) == 0) {
        lost++;
        continue;
      }
      last = Math.max(last, received.get(event));
      record(toAccepted, accepted.get(event) - due.get(event));
      record(acceptedToReceived, received.get(event) - accepted.get(event));
    }
    double seconds = Math.max(1, last - due.get(from)) / 1e9;
    long count = acceptedToReceived.getTotalCount();
    return "%,9.0f events/s | due→accepted %s | accepted→webhook %s | lost %d, refused %d, repeats %d"
        .formatted(
            count / seconds,
            percentiles(toAccepted),
            percentiles(acceptedToReceived),
            lost - (int) refused.get(),
            refused.get(),
            repeats.get());
  }

  private static void record(Histogram histogram, long nanos) {
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    histogram.recordValue(Math.min(micros, histogram.getHighestTrackableValue()));
  }

  private static String percentiles(Histogram histogram) {
    return "p50 %.1f p99 %.1f max %.1f ms"
        .formatted(
            histogram.getValueAtPercentile(50) / 1e3,
            histogram.getValueAtPercentile(99) / 1e3,
            histogram.getMaxValue() / 1e3);
  }
}
