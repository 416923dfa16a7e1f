package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private long now = -5;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 100, 999})
  void letsSoManyThroughInASecondAndNotMore(int perSecond) {
    RateLimit limit = new RateLimit(perSecond, () -> now);
    now += Duration.ofHours(1).toNanos();
    int taken = 0;
    long end = now + Duration.ofSeconds(10).toNanos();
    while (now < end) {
      Duration wait = limit.take();
      if (wait.isZero()) {
        taken++;
      } else {
        now += wait.toNanos();
      }
    }
    assertThat(taken).isBetween(10 * perSecond, 10 * perSecond + Math.max(1, perSecond / 20));
  }

  @Test
  void saysHowLongToWait() {
    RateLimit limit = new RateLimit(2, () -> now);
    assertThat(limit.take()).isZero();
    assertThat(limit.take()).isEqualTo(Duration.ofMillis(500));
    now += Duration.ofMillis(200).toNanos();
    assertThat(limit.take()).isEqualTo(Duration.ofMillis(300));
  }
}
