package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneBatchTest {

  private final LaneBench bench = new LaneBench(new LaneLimits(2, 100, 100));

  @Test
  void batchHoldsSeveralEventsOfOneKeyInOrder() {
    bench.endpoint.batch = 3;
    bench.add(0, "a");
    bench.add(1, "b");
    bench.add(2, "a");
    bench.add(3, "a");
    bench.lane.deliver();
    assertThat(bench.endpoint.attempts)
        .as("a key waits for its own")
        .containsExactly(List.of(0L, 2L, 3L), List.of(1L));
  }

  @Test
  void keyOfABatchUnderWayWaits() {
    bench.endpoint.batch = 2;
    bench.add(0, "a");
    bench.add(1, "b");
    bench.add(2, "b");
    bench.add(3, null);
    bench.lane.deliver();
    assertThat(bench.endpoint.attempts).containsExactly(List.of(0L, 1L), List.of(3L));

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.endpoint.attempts).last().isEqualTo(List.of(2L));
  }

  @Test
  void waitsForMoreUntilTheOldestHasWaitedLongEnough() {
    bench.endpoint.batch = 3;
    bench.endpoint.linger = Duration.ofSeconds(5);
    bench.add(0, "a");
    bench.after(Duration.ofSeconds(4));
    bench.add(1, "b");
    bench.lane.deliver();
    assertThat(bench.endpoint.attempts).isEmpty();
    assertThat(bench.untilDue()).isEqualTo(LaneBench.SECOND);

    bench.after(Duration.ofSeconds(1));

    assertThat(bench.endpoint.attempts).containsExactly(List.of(0L, 1L));
  }

  @Test
  void fullBatchWaitsForNothing() {
    bench.endpoint.batch = 3;
    bench.endpoint.linger = Duration.ofSeconds(5);
    bench.add(0, "a");
    bench.add(1, "a");
    bench.add(2, "b");
    bench.lane.deliver();
    assertThat(bench.endpoint.attempts).containsExactly(List.of(0L, 1L, 2L));
  }

  @Test
  void rejectedBatchIsHalvedUntilTheBadEventStandsAlone() {
    bench.endpoint.batch = 4;
    for (int offset = 0; offset < 4; offset++) {
      bench.add(offset, "a");
    }
    bench.lane.deliver();

    bench.endpoint.end(0, new Outcome.Rejected("HTTP 413", 413));
    bench.endpoint.end(0, Outcome.DELIVERED);
    bench.endpoint.end(2, new Outcome.Rejected("HTTP 413", 413));
    bench.endpoint.end(2, new Outcome.Rejected("HTTP 413", 413));
    assertThat(bench.deadLetters).containsOnlyKeys(2L);
    bench.deadLetters.get(2L).complete(null);
    bench.endpoint.end(3, Outcome.DELIVERED);

    assertThat(bench.endpoint.attempts)
        .containsExactly(
            List.of(0L, 1L, 2L, 3L), List.of(0L, 1L), List.of(2L, 3L), List.of(2L), List.of(3L));
    assertThat(bench.lane.watermark(4)).isEqualTo(4);
  }

  @Test
  void triesAgainOnlyWhatWasNotDelivered() {
    bench.endpoint.batch = 3;
    for (int offset = 0; offset < 3; offset++) {
      bench.add(offset, "a");
    }
    bench.lane.deliver();

    bench.endpoint.end(0, new Outcome.Partly(2, Outcome.retry("connection reset")));

    assertThat(bench.lane.watermark(3)).isEqualTo(2);
    bench.after(Duration.ofSeconds(1));
    assertThat(bench.endpoint.attempts).last().isEqualTo(List.of(2L));
  }

  @Test
  void keyWhoseEventsWereAllDeliveredGoesOnWhileTheOthersWait() {
    bench.endpoint.batch = 2;
    bench.add(0, "a");
    bench.add(1, "b");
    bench.lane.deliver();
    bench.add(2, "a");
    bench.add(3, "b");

    bench.endpoint.end(0, new Outcome.Partly(1, Outcome.retry("connection reset")));

    assertThat(bench.endpoint.attempts).last().isEqualTo(List.of(2L));
  }

  @Test
  void emitterLimitsWhatIsUnderWay() {
    bench.endpoint.maxInFlight = 1;
    bench.add(0, "a");
    bench.add(1, "b");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L);
  }

  @Test
  void waitsAsAWholeAsLongAsTheEmittersOwnLimitsSay() {
    bench.add(0, "a");
    bench.lane.deliver();

    bench.endpoint.end(0, new Outcome.Postponed(Duration.ofSeconds(7)));
    bench.add(1, "b");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L);
    assertThat(bench.untilDue()).isEqualTo(7 * LaneBench.SECOND);

    bench.after(Duration.ofSeconds(7));
    assertThat(bench.endpoint.sent()).containsExactly(0L, 0L, 1L);
  }

  @Test
  void asksNotAgainWithinTheMillisecondInWhichTheEmitterHasNoRoom() {
    List<Long> asked = new ArrayList<>();
    bench.lane.use(
        emissions -> {
          asked.add(emissions.get(0).offset());
          return CompletableFuture.completedStage(
              asked.size() > 9
                  ? Outcome.DELIVERED
                  : new Outcome.Postponed(Duration.ofNanos(200_000)));
        });
    bench.add(0, "a");
    bench.lane.deliver();
    assertThat(asked).containsExactly(0L);
    assertThat(bench.untilDue()).isEqualTo(1);
  }
}
