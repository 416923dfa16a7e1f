package io.millrace.emitter.lane;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that only goes forward, whatever becomes of the system's time: when that is put back by
 * an hour, nobody shall wait an hour longer. Not for times that are shown. Safe for use by several
 * threads.
 */
public final class SteadyClock extends Clock {

  private final Instant start;
  private final LongSupplier nanos;
  private final long first;

  SteadyClock(Instant start, LongSupplier nanos) {
    this.start = start;
    this.nanos = nanos;
    this.first = nanos.getAsLong();
  }

  /** Begins with the system's time. */
  public static SteadyClock begin() {
    return new SteadyClock(Instant.now(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - first);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("times of a steady clock are not shown");
  }
}
