package io.millrace.emitter.lane;

import java.util.concurrent.atomic.LongAdder;

/** What the lanes of a task have done since its start. Safe for use by several threads. */
public final class Tally {

  private final LongAdder delivered = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder rejected = new LongAdder();

  /** Events that endpoints have taken. */
  public long delivered() {
    return delivered.sum();
  }

  /** Attempts that failed and are made again, one for each event in them. */
  public long retried() {
    return retried.sum();
  }

  /** Events that stand in the dead letters, and records that are no events. */
  public long rejected() {
    return rejected.sum();
  }

  void addDelivered() {
    delivered.increment();
  }

  void addRetried(int events) {
    retried.add(events);
  }

  void addRejected() {
    rejected.increment();
  }
}
