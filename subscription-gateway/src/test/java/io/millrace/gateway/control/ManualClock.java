package io.millrace.gateway.control;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock that goes forward when it is told to. */
final class ManualClock implements LongSupplier {

  private long nanos = 17;

  void advance(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long getAsLong() {
    return nanos;
  }
}
