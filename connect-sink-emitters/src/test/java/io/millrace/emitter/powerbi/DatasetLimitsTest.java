package io.millrace.emitter.powerbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatasetLimitsTest {

  private final ManualClock clock = new ManualClock();
  private final DatasetLimits limits = new DatasetLimits(new DatasetLimits.Most(3, 100, 2), clock);

  @Test
  void takesSoManyPostsAMinute() {
    for (int i = 0; i < 3; i++) {
      assertThat(post(1)).isZero();
      clock.forward(Duration.ofSeconds(10));
    }
    assertThat(post(1)).as("until the oldest is a minute old").isEqualTo(Duration.ofSeconds(30));
    clock.forward(Duration.ofSeconds(30));
    assertThat(post(1)).isZero();
    assertThat(post(1)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void takesSoManyRowsAnHour() {
    assertThat(post(60)).isZero();
    clock.forward(Duration.ofMinutes(20));
    assertThat(post(41)).isEqualTo(Duration.ofMinutes(40));
    assertThat(post(40)).isZero();
    clock.forward(Duration.ofMinutes(40));
    assertThat(post(61)).as("60 of the 100 are free").isEqualTo(Duration.ofMinutes(20));
    assertThat(post(60)).isZero();
  }

  @Test
  void takesSoManyPostsAtOnce() {
    assertThat(limits.take(1)).isZero();
    assertThat(limits.take(1)).isZero();
    assertThat(limits.take(1)).isPositive();
    limits.answered();
    assertThat(limits.take(1)).isZero();
  }

  @Test
  void isLeftAloneForAsLongAsItWants() {
    limits.close(Duration.ofSeconds(17));
    limits.close(Duration.ofSeconds(5));
    assertThat(limits.take(1)).isEqualTo(Duration.ofSeconds(17));
    clock.forward(Duration.ofSeconds(17));
    assertThat(limits.take(1)).isZero();
  }

  private Duration post(int rows) {
    Duration wait = limits.take(rows);
    if (wait.isZero()) {
      limits.answered();
    }
    return wait;
  }
}
