package io.millrace.emitter.task;

import static io.millrace.emitter.task.LaneSetBench.ONE;
import static io.millrace.emitter.task.LaneSetBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.lane.Outcome;
import io.millrace.model.emitter.Activation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneSetTest {

  private final LaneSetBench bench = new LaneSetBench();

  @BeforeEach
  void open() {
    bench.lanes.open(List.of(ONE, TWO));
  }

  @Test
  void pausesAnEmitterThatIsNotDefinedUntilItIs() {
    bench.take(TWO, 0, "a");
    bench.round();
    assertThat(bench.calls).contains("pause [two-0]");
    assertThat(bench.emitted).isEmpty();

    bench.define(TWO, Activation.INITIAL);
    bench.round();

    assertThat(bench.emitted).containsExactly("a");
    assertThat(bench.calls).contains("resume [two-0]");
  }

  @Test
  void comesBackWhenTheNextAttemptIsDue() {
    bench.outcome = Outcome.retry("down");
    bench.take(ONE, 0, "a");
    bench.round();
    assertThat(bench.calls).last().isEqualTo("timeout [100]");
    bench.take(ONE, 1, "b");
    bench.clock.advance(Duration.ofMillis(60));
    bench.round();
    assertThat(bench.calls).last().isEqualTo("timeout [40]");
  }

  @Test
  void laneHoldsNoMoreThanItsShareOfTheMemory() {
    bench.define(TWO, Activation.INITIAL);
    bench.outcome = Outcome.retry("down");
    bench.take(ONE, 0, "a", new byte[LaneSetBench.BUFFER_BYTES / 2]);
    bench.take(TWO, 0, "b", new byte[LaneSetBench.BUFFER_BYTES / 3]);
    bench.round();
    assertThat(bench.calls).contains("pause [one-0]").doesNotContain("pause [two-0]");

    bench.outcome = Outcome.DELIVERED;
    bench.clock.advance(Duration.ofSeconds(1));
    bench.round();
    assertThat(bench.calls).contains("resume [one-0]");
  }

  @Test
  void asksForACommitWhenThereIsProgressAndNotAllTheTime() {
    bench.take(ONE, 0, "a");
    bench.round();
    bench.take(ONE, 1, "b");
    bench.round();
    assertThat(bench.calls).containsOnlyOnce("requestCommit []");
  }

  @Test
  void passesOverWhatNobodyWants() {
    bench.take(ONE, 7, "unwanted");
    bench.round();
    assertThat(bench.emitted).isEmpty();
    assertThat(bench.settled(ONE, 8)).isEqualTo(8);
  }

  @Test
  void readsAgainWhatMayNotHaveReachedTheDisk() {
    bench.take(ONE, 5, "a");
    bench.round();
    bench.diskGone = true;

    assertThat(bench.settled(ONE, 6)).isEqualTo(-1);
    assertThat(bench.calls).last().isEqualTo("offset [one-0, 5]");

    bench.diskGone = false;
    assertThat(bench.settled(ONE, 6)).as("before the consumer went back").isEqualTo(5);
    bench.take(ONE, 5, "a");
    bench.round();
    assertThat(bench.emitted).containsExactly("a", "a");
    assertThat(bench.settled(ONE, 6)).isEqualTo(6);
  }

  @Test
  void readsNothingAgainWhereNothingWasRead() {
    bench.round();
    bench.diskGone = true;
    assertThat(bench.settled(ONE, 1_000)).isEqualTo(1_000);
    assertThat(bench.calls).noneMatch(call -> call.startsWith("offset"));
  }

  @Test
  void deadLettersARecordThatCannotEvenBeLookedAt() {
    bench.lanes.take(
        new SinkRecord(ONE.topic(), 0, null, "k", null, Map.of("specversion", new Object()), 3));
    bench.take(ONE, 4, "next");
    bench.round();
    assertThat(bench.emitted).containsExactly("next");
    assertThat(bench.letters).hasSize(1);
    assertThat(bench.settled(ONE, 5)).isEqualTo(5);
  }

  @Test
  void endpointThatNeverAnswersHoldsUpNoOtherLane() {
    bench.define(TWO, Activation.INITIAL);
    bench.outcome = null;
    bench.take(ONE, 0, "hangs");
    bench.round();
    bench.outcome = Outcome.DELIVERED;
    bench.take(TWO, 0, "passes");
    bench.round();
    assertThat(bench.emitted).containsExactly("hangs", "passes");
    assertThat(bench.settled(TWO, 1)).isEqualTo(1);
    assertThat(bench.settled(ONE, 1)).isZero();
  }

  @Test
  void commitsNothingOfARevokedPartition() {
    bench.outcome = Outcome.retry("down");
    bench.take(ONE, 0, "a");
    bench.round();
    bench.lanes.close(List.of(ONE));
    assertThat(bench.settled(ONE, 1)).isEqualTo(-1);
  }
}
