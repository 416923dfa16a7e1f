package io.millrace.source.task;

import java.util.concurrent.atomic.LongAdder;

/** What a task counts of itself. Safe for use by several threads. */
public final class Tally {

  private final LongAdder received = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean connected;

  void received(int events) {
    received.add(events);
  }

  void acknowledged() {
    acknowledged.increment();
  }

  void failed() {
    failures.increment();
  }

  /** Whether there is a connection to the vendor that works, as far as is known. */
  public void connected(boolean is) {
    connected = is;
  }

  /** Events that came again and were dropped. */
  public void duplicates(int events) {
    duplicates.add(events);
  }

  /** What came in and could not be read as an event. */
  public void malformed(int events) {
    malformed.add(events);
  }

  /** A time without connection that may have cost events. */
  public void gap() {
    gaps.increment();
  }

  public long received() {
    return received.sum();
  }

  public long inKafka() {
    return acknowledged.sum();
  }

  public long duplicates() {
    return duplicates.sum();
  }

  public long malformed() {
    return malformed.sum();
  }

  public long gaps() {
    return gaps.sum();
  }

  public long failures() {
    return failures.sum();
  }

  public boolean connected() {
    return connected;
  }
}
