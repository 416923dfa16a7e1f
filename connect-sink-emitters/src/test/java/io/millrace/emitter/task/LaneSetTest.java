package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Backoff;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Lane;
import io.millrace.emitter.lane.LaneId;
import io.millrace.emitter.lane.LaneLimits;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.lane.TestClock;
import io.millrace.model.emitter.EmitterType;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneSetTest {

  private static final TopicPartition ONE = new TopicPartition("one", 0);
  private static final TopicPartition TWO = new TopicPartition("two", 0);
  private static final int BUFFER_BYTES = 20_000;
  private static final EmitterSpec CONSOLE = Events.spec(EmitterType.CONSOLE, Map.of());

  private final TestClock clock = new TestClock();
  private final List<String> calls = new ArrayList<>();
  private final Map<TopicPartition, EmitterSpec> defined = new HashMap<>(Map.of(ONE, CONSOLE));
  private final List<String> emitted = new ArrayList<>();
  private final List<String> letters = new ArrayList<>();
  private Outcome outcome = Outcome.DELIVERED;
  private boolean diskGone;
  private long version;
  private final SinkTaskContext context = context();
  private final LaneSet lanes =
      new LaneSet(
          this::lane,
          new TestDefinitions(),
          new TestOutlet(),
          event -> !event.getId().equals("unwanted"),
          BUFFER_BYTES,
          clock);

  @BeforeEach
  void open() {
    lanes.open(List.of(ONE, TWO));
  }

  @Test
  void pausesAnEmitterThatIsNotDefinedUntilItIs() {
    take(TWO, 0, "a");
    round();
    assertThat(calls).contains("pause [two-0]");
    assertThat(emitted).isEmpty();

    defined.put(TWO, CONSOLE);
    version++;
    round();

    assertThat(emitted).containsExactly("a");
    assertThat(calls).contains("resume [two-0]");
  }

  @Test
  void comesBackWhenTheNextAttemptIsDue() {
    outcome = Outcome.retry("down");
    take(ONE, 0, "a");
    round();
    assertThat(calls).last().isEqualTo("timeout [100]");
    take(ONE, 1, "b");
    clock.advance(Duration.ofMillis(60));
    round();
    assertThat(calls).last().isEqualTo("timeout [40]");
  }

  @Test
  void laneHoldsNoMoreThanItsShareOfTheMemory() {
    defined.put(TWO, CONSOLE);
    version++;
    outcome = Outcome.retry("down");
    take(ONE, 0, "a", new byte[BUFFER_BYTES / 2]);
    take(TWO, 0, "b", new byte[BUFFER_BYTES / 3]);
    round();
    assertThat(calls).contains("pause [one-0]").doesNotContain("pause [two-0]");

    outcome = Outcome.DELIVERED;
    clock.advance(Duration.ofSeconds(1));
    round();
    assertThat(calls).contains("resume [one-0]");
  }

  @Test
  void asksForACommitWhenThereIsProgressAndNotAllTheTime() {
    take(ONE, 0, "a");
    round();
    take(ONE, 1, "b");
    round();
    assertThat(calls).containsOnlyOnce("requestCommit []");
  }

  @Test
  void passesOverWhatNobodyWants() {
    take(ONE, 7, "unwanted");
    round();
    assertThat(emitted).isEmpty();
    assertThat(settled(ONE, 8)).isEqualTo(8);
  }

  @Test
  void readsAgainWhatMayNotHaveReachedTheDisk() {
    take(ONE, 5, "a");
    round();
    diskGone = true;

    assertThat(settled(ONE, 6)).isEqualTo(-1);
    assertThat(calls).last().isEqualTo("offset [one-0, 5]");

    diskGone = false;
    assertThat(settled(ONE, 6)).as("before the consumer went back").isEqualTo(-1);
    take(ONE, 5, "a");
    round();
    assertThat(emitted).containsExactly("a", "a");
    assertThat(settled(ONE, 6)).isEqualTo(6);
  }

  @Test
  void readsNothingAgainWhereNothingWasRead() {
    diskGone = true;
    assertThat(settled(ONE, 1_000)).isEqualTo(1_000);
    assertThat(calls).noneMatch(call -> call.startsWith("offset"));
  }

  @Test
  void deadLettersARecordThatCannotEvenBeLookedAt() {
    lanes.take(
        new SinkRecord(ONE.topic(), 0, null, "k", null, Map.of("specversion", new Object()), 3));
    take(ONE, 4, "next");
    round();
    assertThat(emitted).containsExactly("next");
    assertThat(letters).hasSize(1);
    assertThat(settled(ONE, 5)).isEqualTo(5);
  }

  @Test
  void commitsNothingOfARevokedPartition() {
    outcome = Outcome.retry("down");
    take(ONE, 0, "a");
    round();
    lanes.close(List.of(ONE));
    assertThat(settled(ONE, 1)).isEqualTo(-1);
  }

  private long settled(TopicPartition partition, long consumed) {
    OffsetAndMetadata offset =
        lanes.settled(Map.of(partition, new OffsetAndMetadata(consumed)), context).get(partition);
    return offset == null ? -1 : offset.offset();
  }

  private void round() {
    lanes.followDefinitions();
    lanes.deliver();
    lanes.pace(context);
  }

  private void take(TopicPartition partition, long offset, String id) {
    take(partition, offset, id, new byte[0]);
  }

  private void take(TopicPartition partition, long offset, String id, byte[] value) {
    SinkRecord record =
        new SinkRecord(partition.topic(), partition.partition(), null, null, null, value, offset);
    record.headers().addString("ce_specversion", "1.0");
    record.headers().addString("ce_id", id);
    record.headers().addString("ce_type", "T");
    record.headers().addString("ce_source", "/s");
    lanes.take(record);
  }

  private Lane lane(TopicPartition partition) {
    Backoff backoff = new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(1), () -> 1);
    LaneLimits limits = new LaneLimits(5, 10, 100);
    return new Lane(
        new LaneId(EmitterType.CONSOLE, partition.topic(), partition),
        limits,
        backoff,
        clock,
        (record, cause) -> {
          letters.add(cause);
          return CompletableFuture.completedStage(null);
        });
  }

  private SinkTaskContext context() {
    return (SinkTaskContext)
        Proxy.newProxyInstance(
            SinkTaskContext.class.getClassLoader(),
            new Class<?>[] {SinkTaskContext.class},
            (proxy, method, arguments) -> {
              Object[] all = arguments == null ? new Object[0] : arguments;
              Object[] flat = all.length == 1 && all[0] instanceof Object[] many ? many : all;
              calls.add(method.getName() + " " + Arrays.toString(flat));
              return null;
            });
  }

  private final class TestDefinitions implements Definitions {
    @Override
    public String emitterId(TopicPartition partition) {
      return partition.topic();
    }

    @Override
    public @Nullable EmitterSpec spec(TopicPartition partition) {
      return defined.get(partition);
    }

    @Override
    public long version() {
      return version;
    }
  }

  private final class TestOutlet implements Outlet {
    @Override
    public Emitter open(EmitterSpec spec) {
      return new Emitter() {
        @Override
        public CompletionStage<Outcome> emit(List<Emission> emissions) {
          emitted.add(emissions.get(0).event().getId());
          return CompletableFuture.completedStage(outcome);
        }

        @Override
        public void flush() throws IOException {
          if (diskGone) {
            throw new IOException("disk gone");
          }
        }
      };
    }

    @Override
    public void close() {}
  }
}
