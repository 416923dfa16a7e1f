package io.millrace.benchmarks.graphql;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all clients of a run count together. */
final class Counts {

  final LongAdder subscribed = new LongAdder();
  final LongAdder delivered = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder failed = new LongAdder();
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
            subscribed.sum(),
            delivered.sum(),
            acknowledged.sum(),
            failed.sum(),
            millis(latency),
            millis(acknowledging));
  }

  private static String millis(Histogram nanos) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f p99 %.1f ms",
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6);
  }
}
