package io.millrace.benchmarks.fanout;

import org.HdrHistogram.Histogram;

/** What all clients of a process have seen. Used by one thread. */
final class Tallies {

  long opened;
  long refused;
  long messages;
  long broken;
  long lost;
  long ended;
  private long last;
  private final Histogram latency = new Histogram(2);

  void message() {
    messages++;
    last = System.nanoTime();
  }

  void took(long nanos) {
    latency.recordValue(Math.max(0, nanos));
  }

  /** Another event came than was next. */
  void lost(long came, long expected) {
    lost++;
    if (lost <= 5) {
      System.err.println("came " + came + " in place of " + expected);
    }
  }

  void reset() {
    messages = 0;
    latency.reset();
  }

  /** What {@link ClientProcess.Counted} is read from. */
  String line() {
    return opened
        + " "
        + messages
        + " "
        + last
        + " "
        + latency.getValueAtPercentile(50)
        + " "
        + latency.getValueAtPercentile(99)
        + " "
        + refused
        + " "
        + broken
        + " "
        + lost
        + " "
        + ended;
  }
}
