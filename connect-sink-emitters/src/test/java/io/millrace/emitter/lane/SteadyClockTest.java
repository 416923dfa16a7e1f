package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  @Test
  void goesOnWithTheTicksAndNotWithTheTimeOfDay() {
    AtomicLong ticks = new AtomicLong(-5);
    SteadyClock clock = new SteadyClock(Instant.EPOCH, ticks::get);
    assertThat(clock.millis()).isZero();
    ticks.addAndGet(Duration.ofMillis(1_500).toNanos());
    assertThat(clock.millis()).isEqualTo(1_500);
  }
}
