package io.millrace.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final ManualClock clock = new ManualClock();
  private final Backoff backoff = new Backoff(clock, Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void firstAttemptNeedNotWait() {
    assertThat(backoff.isReady()).isTrue();
  }

  @Test
  void waitsTwiceAsLongAfterEachAttemptUpToTheLongest() {
    for (int seconds : new int[] {1, 2, 4, 5, 5}) {
      backoff.attempt();
      assertThat(backoff.remaining()).isEqualTo(Duration.ofSeconds(seconds).toNanos());
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(backoff.isReady()).isTrue();
    }
  }

  @Test
  void beginsAnewAfterAQuietTime() {
    backoff.attempt();
    backoff.attempt();
    clock.advance(Duration.ofSeconds(51));
    backoff.attempt();
    assertThat(backoff.remaining()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void beginsAnewWhenReset() {
    backoff.attempt();
    backoff.attempt();
    backoff.reset();
    assertThat(backoff.isReady()).isTrue();
    backoff.attempt();
    assertThat(backoff.remaining()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }
}
