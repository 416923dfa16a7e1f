package io.millrace.server.events.dispatch;

import io.millrace.server.events.EventCounts;
import java.util.concurrent.atomic.LongAdder;

/** What is counted. Safe for use by several threads. */
public final class Tally {

  public final LongAdder raised = new LongAdder();
  public final LongAdder dropped = new LongAdder();
  public final LongAdder failed = new LongAdder();
  public final LongAdder handled = new LongAdder();
  public final LongAdder attemptsFailed = new LongAdder();
  public final LongAdder deadLettered = new LongAdder();
  public final LongAdder unreadable = new LongAdder();

  /** The counts of about now. */
  public EventCounts counts() {
    return new EventCounts(
        raised.sum(),
        dropped.sum(),
        failed.sum(),
        handled.sum(),
        attemptsFailed.sum(),
        deadLettered.sum(),
        unreadable.sum());
  }
}
