package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneOrderTest {

  private LaneBench bench = new LaneBench();

  @Test
  void keepsTheOrderOfAKey() {
    bench.add(0, "a");
    bench.add(1, "a");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L);

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.endpoint.sent()).containsExactly(0L, 1L);
  }

  @Test
  void sendsDifferentKeysAndEventsWithoutKeyAtTheSameTime() {
    bench.add(0, "a");
    bench.add(1, "b");
    bench.add(2, null);
    bench.add(3, null);
    bench.lane.deliver();
    assertThat(bench.endpoint.sent())
        .as("no more than three in flight")
        .containsExactly(0L, 1L, 2L);

    bench.endpoint.end(1, Outcome.DELIVERED);

    assertThat(bench.endpoint.sent()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void onlyTheKeyThatFailsWaits() {
    bench.add(0, "a");
    bench.add(1, "a");
    bench.add(2, "b");
    bench.lane.deliver();

    bench.endpoint.end(0, Outcome.retry("down"));
    bench.endpoint.end(2, Outcome.DELIVERED);
    bench.add(3, "b");
    bench.lane.deliver();
    bench.endpoint.end(3, Outcome.DELIVERED);

    assertThat(bench.endpoint.sent()).containsExactly(0L, 2L, 3L);
    assertThat(bench.lane.watermark(4)).as("nothing past the oldest open").isZero();
    assertThat(bench.lane.nextDue()).isEqualTo(bench.clock.millis() + LaneBench.SECOND);
    bench.clock.advance(Duration.ofMillis(999));
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).hasSize(3);
    bench.clock.advance(Duration.ofMillis(1));
    bench.lane.deliver();
    bench.endpoint.end(0, Outcome.DELIVERED);
    assertThat(bench.endpoint.sent()).containsExactly(0L, 2L, 3L, 0L, 1L);
    bench.endpoint.end(1, Outcome.DELIVERED);
    assertThat(bench.lane.watermark(4)).isEqualTo(4);
  }

  @Test
  void watermarkStandsAtTheOldestOpenOffset() {
    bench.add(40, null);
    bench.add(42, null);
    bench.add(45, null);
    bench.lane.deliver();
    assertThat(bench.lane.watermark(50)).isEqualTo(40);
    bench.endpoint.end(42, Outcome.DELIVERED);
    assertThat(bench.lane.watermark(50)).isEqualTo(40);
    bench.endpoint.end(40, Outcome.DELIVERED);
    assertThat(bench.lane.watermark(50)).isEqualTo(45);
    bench.endpoint.end(45, Outcome.DELIVERED);
    assertThat(bench.lane.watermark(50)).as("also past what never came here").isEqualTo(50);
  }

  @Test
  void isFullUntilHalfOfItIsGone() {
    bench = new LaneBench(new LaneLimits(10, 10, 100));
    for (int offset = 0; offset < 10; offset++) {
      bench.add(offset, null);
    }
    bench.lane.deliver();
    assertThat(bench.lane.isFull()).isTrue();
    for (int offset = 0; offset < 5; offset++) {
      bench.endpoint.end(offset, Outcome.DELIVERED);
      assertThat(bench.lane.isFull()).isTrue();
    }
    bench.endpoint.end(5, Outcome.DELIVERED);
    assertThat(bench.lane.isFull()).isFalse();
  }

  @Test
  void doesNotRunAheadOfAStuckEventWithoutEnd() {
    bench = new LaneBench(new LaneLimits(3, 100, 10));
    bench.add(0, "stuck");
    bench.lane.deliver();
    for (int offset = 1; offset < 10; offset++) {
      bench.add(offset, null);
      bench.lane.deliver();
      bench.endpoint.end(offset, Outcome.DELIVERED);
    }
    assertThat(bench.lane.isFull()).isTrue();
  }

  @Test
  void growsNoStackWithAnEmitterThatAnswersAtOnce() {
    bench = new LaneBench(new LaneLimits(1, 200_000, 200_000));
    bench.lane.use(emissions -> CompletableFuture.completedStage(Outcome.DELIVERED));
    for (int offset = 0; offset < 100_000; offset++) {
      bench.add(offset, "a");
    }
    bench.lane.deliver();
    assertThat(bench.lane.watermark(100_000)).isEqualTo(100_000);
  }

  @Test
  void takesNoNoticeOfWhatEndsAfterItWasClosed() {
    bench.add(0, "a");
    bench.add(1, "a");
    bench.lane.deliver();
    bench.lane.close();

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.lane.watermark(2)).isZero();
    assertThat(bench.endpoint.sent()).containsExactly(0L);
  }
}
