package io.millrace.emitter.task;

import static io.millrace.emitter.task.LaneSetBench.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.task.LaneMemory.Recollection;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.State;
import io.millrace.model.emitter.Resume;
import io.millrace.model.emitter.Resume.From;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServedTest {

  private static final Activation FIRST = Activation.INITIAL;
  private static final Instant MORNING = Instant.parse("2026-01-31T08:00:00Z");

  private final LaneSetBench bench = new LaneSetBench();

  @Test
  void goesOnWithTheFailedEventWhenEnabledAgain() {
    open();
    disable();

    bench.outcome = Outcome.DELIVERED;
    bench.define(ONE, FIRST.disabled().enabled(Resume.failed(bench.clock.instant())));
    bench.round();

    assertThat(bench.emitted).last().isEqualTo("a");
    assertThat(last().generation()).isEqualTo(1);
    assertThat(last().state()).isEqualTo(State.RUNNING);
    assertThat(bench.commit(ONE, 1)).isEqualTo(new OffsetAndMetadata(1, "generation=1"));
  }

  @Test
  void readsFromThatTimeOnWhenEnabledFromATime() {
    open();
    bench.take(ONE, 5, "a");
    bench.round();
    bench.define(ONE, FIRST.enabled(from(From.TIME, MORNING, null)));
    bench.round();
    bench.take(ONE, 6, "b");
    bench.round();
    assertThat(bench.emitted).as("nothing more until it is known").containsExactly("a");
    assertThat(bench.commit(ONE, 7)).isEqualTo(new OffsetAndMetadata(6, "generation=0"));

    position(MORNING.toString()).complete(2L);
    bench.round();

    assertThat(bench.calls).contains("offset [one-0, 2]");
    assertThat(bench.commit(ONE, 7)).isEqualTo(new OffsetAndMetadata(2, "generation=1"));
    bench.take(ONE, 2, "old");
    bench.round();
    assertThat(bench.emitted).containsExactly("a", "old");
  }

  @Test
  void marksNoPositionThatTheConsumerHasNotReached() {
    open();
    bench.define(ONE, FIRST.enabled(from(From.NOW, null, null)));
    bench.round();
    position("now").complete(100L);
    bench.round();

    assertThat(bench.commit(ONE, 7)).isNull();
    assertThat(bench.commit(ONE, 100)).isEqualTo(new OffsetAndMetadata(100, "generation=1"));
  }

  @Test
  void letsWhatIsUnderWayEndBeforeItMoves() {
    open();
    bench.outcome = null;
    bench.take(ONE, 5, "a");
    bench.round();
    bench.define(ONE, FIRST.enabled(from(From.NOW, null, null)));
    bench.round();
    position("now").complete(100L);
    bench.round();
    assertThat(bench.calls).noneMatch(call -> call.startsWith("offset"));

    bench.open.get(0).complete(Outcome.DELIVERED);
    bench.round();

    assertThat(bench.calls).contains("offset [one-0, 100]");
  }

  @Test
  void movesAlsoIfItReadsAgainBeforeThePositionIsKnown() {
    open();
    bench.take(ONE, 5, "a");
    bench.round();
    bench.define(ONE, FIRST.enabled(from(From.TIME, MORNING, null)));
    bench.round();
    bench.diskGone = true;
    assertThat(bench.commit(ONE, 6)).isNull();
    bench.diskGone = false;

    position(MORNING.toString()).complete(2L);
    bench.round();

    assertThat(bench.calls).contains("offset [one-0, 2]");
  }

  @Test
  void goesOnWhenDefinedAgainAlsoIfItWasReadAgainMeanwhile() {
    open();
    bench.take(ONE, 5, "a");
    bench.round();
    bench.define(ONE, null);
    bench.round();
    bench.diskGone = true;
    assertThat(bench.commit(ONE, 6)).isNull();
    bench.diskGone = false;
    bench.define(ONE, FIRST);
    bench.round();
    bench.take(ONE, 5, "a");
    bench.round();
    assertThat(bench.emitted).containsExactly("a", "a");
  }

  @Test
  void movesOnlyOnceHoweverOftenItStarts() {
    bench.define(ONE, FIRST.enabled(from(From.TIME, MORNING, null)));
    bench.memory.known.put(ONE, new Recollection(null, 1));
    open();
    bench.take(ONE, 5, "a");
    bench.round();
    assertThat(bench.emitted).containsExactly("a");
    assertThat(bench.memory.positions).isEmpty();
  }

  @Test
  void movesAfterACrashThatCameBeforeThePositionWasCommitted() {
    bench.define(ONE, FIRST.enabled(from(From.TIME, MORNING, null)));
    EmitterStatus status =
        new EmitterStatus("one", 0, State.RUNNING, 1, null, 0, bench.clock.instant());
    bench.memory.known.put(ONE, new Recollection(status, 0));
    open();
    position(MORNING.toString()).complete(2L);
    bench.round();
    assertThat(bench.calls).contains("offset [one-0, 2]");
  }

  @Test
  void asksAgainWhenThePositionCannotBeFound() {
    open();
    bench.define(ONE, FIRST.enabled(from(From.NOW, null, null)));
    bench.round();
    bench.memory.positions.remove("now").completeExceptionally(new IllegalStateException());
    bench.round();
    bench.clock.advance(Duration.ofSeconds(1));
    bench.round();
    position("now").complete(9L);
    bench.round();
    assertThat(bench.calls).contains("offset [one-0, 9]");
  }

  @Test
  void oldEventsPassOnlyIfTheReplayIsForThem() {
    open();
    Instant requested = bench.clock.instant().plusSeconds(60);
    Resume replay = new Resume(From.TIME, MORNING, requested, "amount > 100");
    bench.define(ONE, FIRST.enabled(replay));
    bench.round();
    position(MORNING.toString()).complete(0L);
    bench.round();

    bench.take(ONE, 0, "small", json("{\"amount\": 1}"));
    bench.take(ONE, 1, "large", json("{\"amount\": 500}"));
    bench.clock.advance(Duration.ofSeconds(61));
    bench.take(ONE, 2, "new", json("{\"amount\": 1}"));
    bench.round();

    assertThat(bench.emitted).containsExactly("large", "new");
  }

  @Test
  void filterHoldsAlsoForWhatCameBeforeItWasKnown() {
    Instant requested = bench.clock.instant().plusSeconds(60);
    bench.memory.known.put(ONE, new Recollection(null, 1));
    bench.define(ONE, FIRST.enabled(new Resume(From.TIME, MORNING, requested, "amount > 100")));
    bench.lanes.open(List.of(ONE));
    bench.take(ONE, 0, "small", json("{\"amount\": 1}"));
    bench.take(ONE, 1, "large", json("{\"amount\": 500}"));
    bench.round();
    assertThat(bench.emitted).containsExactly("large");
    assertThat(bench.settled(ONE, 2)).isEqualTo(2);
  }

  @Test
  void filterThatIsWrongLetsNothingOldPass() {
    open();
    Instant requested = bench.clock.instant().plusSeconds(60);
    bench.define(ONE, FIRST.enabled(new Resume(From.FAILED, null, requested, "amount >")));
    bench.round();
    bench.take(ONE, 0, "old", json("{\"amount\": 1}"));
    bench.round();
    assertThat(bench.emitted).isEmpty();
  }

  @Test
  void keepsItsEventsWhileItIsSwitchedOff() {
    open();
    bench.define(ONE, FIRST.disabled());
    bench.round();
    bench.take(ONE, 0, "a");
    bench.round();
    assertThat(bench.emitted).isEmpty();
    assertThat(bench.calls).contains("pause [one-0]");
  }

  @Test
  void staysDisabledAfterARestart() {
    open();
    disable();
    LaneSetBench restarted = new LaneSetBench();
    restarted.memory.known.put(ONE, new Recollection(last(), 0));
    restarted.lanes.open(List.of(ONE));
    restarted.take(ONE, 0, "a");
    restarted.round();
    assertThat(restarted.emitted).isEmpty();
    assertThat(restarted.lanes.disabled()).isEqualTo(1);
  }

  @Test
  void emitterThatIsDefinedAnewIsNotDisabledByItsFormerSelf() {
    open();
    disable();
    bench.define(ONE, null);
    bench.round();
    assertThat(bench.memory.forgotten).containsExactly(ONE);

    bench.outcome = Outcome.DELIVERED;
    bench.define(ONE, FIRST);
    bench.round();

    assertThat(bench.emitted).hasSize(4);
  }

  @Test
  void reportsBeforeItGivesAPartitionAway() {
    open();
    bench.round();
    bench.outcome = Outcome.retry("down");
    bench.take(ONE, 0, "a");
    bench.lanes.deliver();
    bench.lanes.close(List.of(ONE));
    assertThat(last().state()).isEqualTo(State.RETRYING);
  }

  private void open() {
    bench.lanes.open(List.of(ONE));
    bench.round();
  }

  private void disable() {
    bench.outcome = Outcome.retry("down");
    bench.take(ONE, 0, "a");
    for (int i = 0; i < 3; i++) {
      bench.round();
      bench.clock.advance(Duration.ofSeconds(1));
    }
    bench.round();
    assertThat(last().state()).isEqualTo(State.DISABLED);
  }

  private Resume from(From from, @Nullable Instant time, @Nullable String filter) {
    return new Resume(from, time, bench.clock.instant(), filter);
  }

  private CompletableFuture<Long> position(String from) {
    return bench.memory.positions.get(from);
  }

  private EmitterStatus last() {
    return bench.memory.reported.get(bench.memory.reported.size() - 1);
  }

  private static byte[] json(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
