package io.millrace.gateway.acronis.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private long now = Long.MAX_VALUE - 1_000;
  private final RateLimit limit = new RateLimit(4, () -> now);

  @Test
  void asManyAsInASecondMayComeAtOnceAndThenSteadily() {
    for (int i = 0; i < 4; i++) {
      assertThat(limit.ask("a")).isZero();
    }
    assertThat(limit.ask("a")).isEqualTo(Duration.ofMillis(250));
    assertThat(limit.ask("b")).isZero();
    pass(Duration.ofMillis(250));
    assertThat(limit.ask("a")).isZero();
    assertThat(limit.ask("a")).isEqualTo(Duration.ofMillis(250));
    pass(Duration.ofSeconds(5));
    for (int i = 0; i < 4; i++) {
      assertThat(limit.ask("a")).isZero();
    }
    assertThat(limit.ask("a")).isPositive();
  }

  @Test
  void zeroIsNoLimit() {
    RateLimit none = new RateLimit(0, () -> now);
    for (int i = 0; i < 100; i++) {
      assertThat(none.ask("a")).isZero();
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
