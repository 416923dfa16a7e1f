package io.millrace.emitter.task;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Backoff;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.FailureLimits;
import io.millrace.emitter.lane.Lane;
import io.millrace.emitter.lane.LaneId;
import io.millrace.emitter.lane.LaneLimits;
import io.millrace.emitter.lane.LaneSettings;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.lane.Tally;
import io.millrace.emitter.lane.TestClock;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Resume;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** The lanes of a task among a context, a memory, definitions and an outlet that tests decide. */
final class LaneSetBench {

  static final TopicPartition ONE = new TopicPartition("one", 0);
  static final TopicPartition TWO = new TopicPartition("two", 0);
  static final int BUFFER_BYTES = 20_000;
  static final EmitterSpec CONSOLE = Events.spec(EmitterType.CONSOLE, Map.of());

  final TestClock clock = new TestClock();
  final List<String> calls = new ArrayList<>();
  final Map<TopicPartition, Desired> defined =
      new HashMap<>(Map.of(ONE, new Desired(CONSOLE, Activation.INITIAL)));
  final List<String> emitted = new ArrayList<>();
  final List<CompletableFuture<Outcome>> open = new ArrayList<>();
  final List<String> letters = new ArrayList<>();
  final TestMemory memory = new TestMemory();

  /** What attempts end with; absent leaves them open. */
  @Nullable Outcome outcome = Outcome.DELIVERED;

  boolean diskGone;
  private long version;
  final SinkTaskContext context = context();
  final LaneSet lanes =
      new LaneSet(
          this::lane,
          new TestDefinitions(),
          new TestOutlet(),
          event -> !event.getId().equals("unwanted"),
          memory,
          BUFFER_BYTES,
          clock);

  void define(TopicPartition partition, @Nullable Activation activation) {
    if (activation == null) {
      defined.remove(partition);
    } else {
      defined.put(partition, new Desired(CONSOLE, activation));
    }
    version++;
  }

  /** What would be committed; -1 for nothing. */
  long settled(TopicPartition partition, long consumed) {
    OffsetAndMetadata commit = commit(partition, consumed);
    return commit == null ? -1 : commit.offset();
  }

  @Nullable OffsetAndMetadata commit(TopicPartition partition, long consumed) {
    return lanes
        .settled(Map.of(partition, new OffsetAndMetadata(consumed)), context)
        .get(partition);
  }

  /** What a task does in each call of put. */
  void round() {
    lanes.follow(context);
    lanes.deliver();
    lanes.report();
    lanes.pace(context);
  }

  void take(TopicPartition partition, long offset, String id) {
    take(partition, offset, id, new byte[0]);
  }

  void take(TopicPartition partition, long offset, String id, byte[] value) {
    SinkRecord record =
        new SinkRecord(
            partition.topic(),
            partition.partition(),
            null,
            null,
            null,
            value,
            offset,
            clock.millis(),
            TimestampType.CREATE_TIME);
    record.headers().addString("ce_specversion", "1.0");
    record.headers().addString("ce_id", id);
    record.headers().addString("ce_type", "T");
    record.headers().addString("ce_source", "/s");
    record.headers().addString("content-type", "application/json");
    lanes.take(record);
  }

  private Lane lane(TopicPartition partition) {
    Backoff backoff = new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(1), () -> 1);
    return new Lane(
        new LaneId(EmitterType.CONSOLE, partition.topic(), partition),
        new LaneSettings(
            new LaneLimits(5, 10, 100), backoff, new FailureLimits(3, Duration.ZERO, 0)),
        clock,
        clock,
        (record, cause) -> {
          letters.add(cause);
          return CompletableFuture.completedStage(null);
        },
        new Tally());
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

  /** Remembers what it is told, and answers when it has an answer. */
  static final class TestMemory implements LaneMemory {
    final Map<TopicPartition, Recollection> known = new HashMap<>();
    final Map<String, CompletableFuture<Long>> positions = new HashMap<>();
    final List<EmitterStatus> reported = new ArrayList<>();
    final List<TopicPartition> forgotten = new ArrayList<>();

    @Override
    public CompletionStage<Map<TopicPartition, Recollection>> recall(
        Collection<TopicPartition> partitions) {
      Map<TopicPartition, Recollection> found = new HashMap<>();
      partitions.forEach(
          partition -> found.put(partition, known.getOrDefault(partition, Recollection.NOTHING)));
      return CompletableFuture.completedStage(found);
    }

    @Override
    public CompletionStage<Long> position(TopicPartition partition, Resume resume) {
      return positions.computeIfAbsent(resume.text(), text -> new CompletableFuture<>());
    }

    @Override
    public String mark(long generation) {
      return "generation=" + generation;
    }

    @Override
    public void report(TopicPartition partition, EmitterStatus status) {
      reported.add(status);
    }

    @Override
    public void forget(TopicPartition partition) {
      forgotten.add(partition);
    }

    @Override
    public void flush(Duration most) {}
  }

  private final class TestDefinitions implements Definitions {
    @Override
    public String emitterId(TopicPartition partition) {
      return partition.topic();
    }

    @Override
    public @Nullable Desired desired(TopicPartition partition) {
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
          CompletableFuture<Outcome> end = new CompletableFuture<>();
          if (outcome == null) {
            LaneSetBench.this.open.add(end);
          } else {
            end.complete(outcome);
          }
          return end;
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
