package io.millrace.benchmarks.graphql;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all clients of a run count together; written by their one thread. */
final class Counts {

  volatile int subscribed;
  volatile long delivered;
  volatile long acknowledged;
  volatile long failed;
  final Histogram latency = new ConcurrentHistogram(2);
  final Histogram acknowledging = new ConcurrentHistogram(2);

  void reset() {
    latency.reset();
    acknowledging.reset();
  }

  /** Subscribed, delivered, acknowledged and failed, then a sentence about times. */
  String line() {
    return "%d %d %d %d delivery %s, acknowledgement %s"
        .formatted(
            subscribed, delivered, acknowledged, failed, millis(latency), millis(acknowledging));
  }

  private static String millis(Histogram nanos) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f p99 %.1f ms",
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6);
  }
}
