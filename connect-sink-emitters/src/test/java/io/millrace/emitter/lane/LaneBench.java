package io.millrace.emitter.lane;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.EmitterType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A lane with an endpoint, dead letters and a clock that do what the test says. */
final class LaneBench {

  static final long SECOND = 1_000;
  static final LaneLimits LIMITS = new LaneLimits(3, 10, 100);
  static final FailureLimits NEVER = new FailureLimits(0, Duration.ZERO, 0);
  private static final LaneId ID =
      new LaneId(EmitterType.WEBHOOK, "test", new TopicPartition("topic", 0));

  final TestClock clock = new TestClock();
  final HandDriven endpoint = new HandDriven();
  final Map<Long, CompletableFuture<Void>> deadLetters = new LinkedHashMap<>();
  final List<String> causes = new ArrayList<>();
  final Tally tally = new Tally();
  final Lane lane;

  LaneBench() {
    this(LIMITS);
  }

  LaneBench(LaneLimits limits) {
    this(limits, NEVER);
    lane.begin(0, null);
  }

  /** Does not begin the lane. */
  LaneBench(LaneLimits limits, FailureLimits failures) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(10), () -> 1);
    LaneSettings settings = new LaneSettings(limits, backoff, failures);
    lane = new Lane(ID, settings, clock, clock, this::letter, tally);
    lane.use(endpoint);
  }

  /** Adds an event. */
  void add(long offset, @Nullable String key) {
    lane.add(
        Delivery.of(
            record(offset),
            key,
            CloudEventBuilder.v1()
                .withId(Long.toString(offset))
                .withType("t")
                .withSource(URI.create("/s"))
                .build()));
  }

  /** Lets time pass and calls the lane. */
  void after(Duration wait) {
    clock.advance(wait);
    lane.deliver();
  }

  /** From now until the lane wants to be called. */
  long untilDue() {
    return lane.nextDue() - clock.millis();
  }

  static SinkRecord record(long offset) {
    return new SinkRecord("topic", 0, null, null, null, null, offset);
  }

  private CompletableFuture<Void> letter(SinkRecord record, String cause) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    causes.add(cause);
    deadLetters.put(record.originalKafkaOffset(), written);
    return written;
  }

  /** Attempts that end when the test says so. */
  static final class HandDriven implements Emitter {
    final List<List<Long>> attempts = new ArrayList<>();
    private final Map<Long, CompletableFuture<Outcome>> open = new LinkedHashMap<>();
    int batch = 1;
    int maxInFlight = Integer.MAX_VALUE;
    Duration linger = Duration.ZERO;

    @Override
    public CompletionStage<Outcome> emit(List<Emission> emissions) {
      attempts.add(emissions.stream().map(Emission::offset).toList());
      CompletableFuture<Outcome> end = new CompletableFuture<>();
      open.put(emissions.get(0).offset(), end);
      return end;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public int maxInFlight() {
      return maxInFlight;
    }

    @Override
    public Duration linger() {
      return linger;
    }

    /** What was sent, in order. */
    List<Long> sent() {
      return attempts.stream().flatMap(List::stream).toList();
    }

    /** Ends the attempt that began with this event. */
    void end(long offset, Outcome outcome) {
      open.remove(offset).complete(outcome);
    }
  }
}
