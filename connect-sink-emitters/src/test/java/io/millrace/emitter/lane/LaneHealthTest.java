package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LaneHealthTest {

  private static final Outcome DOWN = new Outcome.Retry("HTTP 503", 503, null);
  private static final Duration CAP = Duration.ofSeconds(10);

  private final LaneBench bench =
      bench(new FailureLimits(3, Duration.ofDays(5), 4), LaneBench.LIMITS);

  @Test
  void disablesAfterAnEventFailedTooOftenInARow() {
    bench.add(0, "a");
    bench.lane.deliver();
    fail(0);
    fail(0);
    assertThat(status().state()).isEqualTo(State.RETRYING);
    assertThat(status().consecutiveFailures()).isEqualTo(2);

    bench.endpoint.end(0, DOWN);

    Failure failure = failure();
    assertThat(status().state()).isEqualTo(State.DISABLED);
    assertThat(failure.offset()).isZero();
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure.status()).isEqualTo(503);
    assertThat(failure.next()).isNull();
    assertThat(bench.lane.isFull()).isTrue();
    bench.add(1, "b");
    bench.after(Duration.ofDays(1));
    assertThat(bench.endpoint.sent()).containsExactly(0L, 0L, 0L);
  }

  @Test
  void manyThatFailAtOnceCountOnce() {
    for (int offset = 0; offset < 3; offset++) {
      bench.add(offset, "key " + offset);
    }
    bench.lane.deliver();
    for (int offset = 0; offset < 3; offset++) {
      bench.endpoint.end(offset, DOWN);
    }
    assertThat(status().consecutiveFailures()).isEqualTo(1);
    assertThat(status().state()).isEqualTo(State.RETRYING);
  }

  @Test
  void anySuccessBeginsTheCountAnew() {
    bench.add(0, "a");
    bench.lane.deliver();
    fail(0);
    fail(0);
    bench.endpoint.end(0, Outcome.DELIVERED);
    assertThat(status().state()).isEqualTo(State.RUNNING);
    assertThat(status().consecutiveFailures()).isZero();
  }

  @Test
  void disablesWhenNothingGotThroughForTooLong() {
    LaneBench slow = bench(new FailureLimits(0, Duration.ofMinutes(1), 0), LaneBench.LIMITS);
    slow.add(0, "a");
    slow.lane.deliver();
    slow.endpoint.end(0, DOWN);
    slow.after(Duration.ofSeconds(59));
    slow.endpoint.end(0, DOWN);
    assertThat(slow.lane.isDisabled()).isFalse();

    slow.after(Duration.ofSeconds(2));
    slow.endpoint.end(0, DOWN);

    assertThat(slow.lane.isDisabled()).isTrue();
  }

  @Test
  void disablesAtOnceWhenTheEndpointIsGone() {
    bench.add(0, "a");
    bench.lane.deliver();
    bench.endpoint.end(0, new Outcome.Gone("HTTP 410", 410));
    assertThat(status().state()).isEqualTo(State.DISABLED);
    assertThat(failure().status()).isEqualTo(410);
  }

  @Test
  void refusalsCount() {
    bench.add(0, "a");
    bench.lane.deliver();
    for (int i = 0; i < 3; i++) {
      bench.endpoint.end(0, new Outcome.Refused("HTTP 404", 404));
      bench.after(CAP);
    }
    assertThat(bench.lane.isDisabled()).isTrue();
  }

  @Test
  void failuresOfAReplacedEmitterDoNotCount() {
    bench.add(0, "a");
    bench.lane.deliver();
    fail(0);
    bench.endpoint.end(0, DOWN);

    LaneBench.HandDriven other = new LaneBench.HandDriven();
    bench.lane.use(other);
    bench.lane.deliver();
    other.end(0, DOWN);

    assertThat(status().consecutiveFailures()).isEqualTo(1);
  }

  @Test
  void goesOnWithWhatItHasWhenItIsEnabledAgain() {
    bench.add(0, "a");
    bench.add(1, "a");
    bench.lane.deliver();
    fail(0);
    fail(0);
    bench.endpoint.end(0, DOWN);

    bench.lane.revive(1);
    bench.lane.deliver();

    assertThat(status().generation()).isEqualTo(1);
    bench.endpoint.end(0, Outcome.DELIVERED);
    bench.endpoint.end(1, Outcome.DELIVERED);
    assertThat(status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void eventThatFailsAloneIsGivenUp() {
    bench.add(0, "poison");
    bench.lane.deliver();
    for (int good = 1; good <= 4; good++) {
      fail(0);
      bench.add(good, "good");
      bench.lane.deliver();
      bench.endpoint.end(good, Outcome.DELIVERED);
    }
    assertThat(bench.deadLetters).isEmpty();

    bench.endpoint.end(0, DOWN);

    assertThat(bench.deadLetters).containsOnlyKeys(0L);
    assertThat(bench.causes.get(0)).startsWith("given up after 5 attempts").endsWith("HTTP 503");
    assertThat(bench.lane.isDisabled()).isFalse();
  }

  @Test
  void answersAboutPaceAreNoFaultOfTheEvent() {
    bench.add(0, "unlucky");
    bench.lane.deliver();
    for (int good = 1; good <= 10; good++) {
      bench.endpoint.end(0, new Outcome.Retry("HTTP 429", 429, null));
      bench.after(CAP);
      bench.add(good, "good");
      bench.lane.deliver();
      bench.endpoint.end(good, Outcome.DELIVERED);
    }
    assertThat(bench.deadLetters).isEmpty();
  }

  @Test
  void eventThatMakesItsBatchFailComesToStandAlone() {
    LaneBench batches = bench(new FailureLimits(10, Duration.ZERO, 0), new LaneLimits(1, 100, 100));
    batches.endpoint.batch = 4;
    for (int offset = 0; offset < 4; offset++) {
      batches.add(offset, "key " + offset);
    }
    batches.lane.deliver();
    for (int i = 0; i < 2; i++) {
      batches.endpoint.end(0, DOWN);
      batches.after(CAP);
    }
    assertThat(batches.endpoint.attempts).last().isEqualTo(List.of(0L, 1L));
  }

  @Test
  void afterTwoFailuresInARowOneEventGoesAheadOfTheOthers() {
    bench.add(0, "a");
    bench.lane.deliver();
    fail(0);
    fail(0);
    bench.add(1, "b");
    bench.add(2, "c");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L, 0L, 0L);

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.endpoint.sent()).containsExactly(0L, 0L, 0L, 1L, 2L);
  }

  private void fail(long offset) {
    bench.endpoint.end(offset, DOWN);
    bench.after(CAP);
  }

  private EmitterStatus status() {
    return Objects.requireNonNull(bench.lane.status());
  }

  private Failure failure() {
    return Objects.requireNonNull(status().failure());
  }

  private static LaneBench bench(FailureLimits failures, LaneLimits limits) {
    LaneBench bench = new LaneBench(limits, failures);
    bench.lane.begin(0, null);
    return bench;
  }
}
