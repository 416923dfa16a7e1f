package io.millrace.benchmarks.subscription;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all clients of a run count together. */
final class Counts {

  final LongAdder delivered = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder failed = new LongAdder();
  final Histogram latency = new ConcurrentHistogram(2);
  final Histogram acknowledging = new ConcurrentHistogram(2);

  void reset() {
    delivered.reset();
    acknowledged.reset();
    latency.reset();
    acknowledging.reset();
  }
}
