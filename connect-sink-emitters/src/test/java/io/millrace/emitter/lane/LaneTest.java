package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final long SECOND = 1_000;

  private final TestClock clock = new TestClock();
  private final HandDriven endpoint = new HandDriven();
  private final Map<Long, CompletableFuture<Void>> deadLetters = new LinkedHashMap<>();
  private Lane lane = lane(new LaneLimits(3, 10, 100));

  @BeforeEach
  void useEndpoint() {
    lane.use(endpoint);
  }

  @Test
  void keepsTheOrderOfAKey() {
    add(0, "a");
    add(1, "a");
    lane.deliver();
    assertThat(endpoint.sent).containsExactly(0L);

    endpoint.end(0, Outcome.DELIVERED);

    assertThat(endpoint.sent).containsExactly(0L, 1L);
  }

  @Test
  void sendsDifferentKeysAndEventsWithoutKeyAtTheSameTime() {
    add(0, "a");
    add(1, "b");
    add(2, null);
    add(3, null);
    lane.deliver();
    assertThat(endpoint.sent).as("no more than three in flight").containsExactly(0L, 1L, 2L);

    endpoint.end(1, Outcome.DELIVERED);

    assertThat(endpoint.sent).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void onlyTheKeyThatFailsWaits() {
    add(0, "a");
    add(1, "a");
    add(2, "b");
    lane.deliver();

    endpoint.end(0, Outcome.retry("down"));
    endpoint.end(2, Outcome.DELIVERED);
    add(3, "b");
    lane.deliver();
    endpoint.end(3, Outcome.DELIVERED);

    assertThat(endpoint.sent).containsExactly(0L, 2L, 3L);
    assertThat(lane.watermark(4)).as("nothing past the oldest open").isZero();
    assertThat(lane.nextDue()).isEqualTo(clock.millis() + SECOND);
    clock.advance(Duration.ofMillis(999));
    lane.deliver();
    assertThat(endpoint.sent).hasSize(3);
    clock.advance(Duration.ofMillis(1));
    lane.deliver();
    endpoint.end(0, Outcome.DELIVERED);
    assertThat(endpoint.sent).containsExactly(0L, 2L, 3L, 0L, 1L);
    endpoint.end(1, Outcome.DELIVERED);
    assertThat(lane.watermark(4)).isEqualTo(4);
  }

  @Test
  void waitsTwiceAsLongAfterEachFailureUpToTheCap() {
    add(0, "a");
    lane.deliver();
    for (long wait : new long[] {1, 2, 4, 8, 10, 10}) {
      endpoint.end(0, Outcome.retry("down"));
      assertThat(lane.nextDue() - clock.millis()).isEqualTo(wait * SECOND);
      clock.advance(Duration.ofSeconds(wait));
      lane.deliver();
    }
  }

  @Test
  void waitsAsLongAsTheEndpointAsks() {
    add(0, "a");
    lane.deliver();

    endpoint.end(0, new Outcome.Retry("busy", Duration.ofMinutes(5)));

    assertThat(lane.nextDue() - clock.millis()).isEqualTo(300 * SECOND);
  }

  @Test
  void watermarkStandsAtTheOldestOpenOffset() {
    add(40, null);
    add(42, null);
    add(45, null);
    lane.deliver();
    assertThat(lane.watermark(50)).isEqualTo(40);
    endpoint.end(42, Outcome.DELIVERED);
    assertThat(lane.watermark(50)).isEqualTo(40);
    endpoint.end(40, Outcome.DELIVERED);
    assertThat(lane.watermark(50)).isEqualTo(45);
    endpoint.end(45, Outcome.DELIVERED);
    assertThat(lane.watermark(50)).as("also past what never came here").isEqualTo(50);
  }

  @Test
  void commitsARejectedEventOnlyWhenTheDeadLetterIsWritten() {
    add(0, "a");
    add(1, "a");
    lane.deliver();

    endpoint.end(0, new Outcome.Rejected("HTTP 400"));

    assertThat(deadLetters).containsOnlyKeys(0L);
    assertThat(lane.watermark(2)).isZero();
    assertThat(endpoint.sent).containsExactly(0L);
    deadLetters.get(0L).complete(null);
    assertThat(lane.watermark(2)).isEqualTo(1);
    assertThat(endpoint.sent).containsExactly(0L, 1L);
  }

  @Test
  void standsStillWhileADeadLetterCannotBeWritten() {
    add(0, "a");
    lane.deliver();
    endpoint.end(0, new Outcome.Rejected("HTTP 400"));
    deadLetters.get(0L).completeExceptionally(new IOException("broker gone"));

    add(1, "b");
    lane.deliver();
    assertThat(endpoint.sent).containsExactly(0L);

    clock.advance(Duration.ofSeconds(1));
    lane.deliver();
    deadLetters.get(0L).complete(null);
    assertThat(endpoint.sent).containsExactly(0L, 1L);
    assertThat(lane.watermark(2)).isEqualTo(1);
  }

  @Test
  void putsAwayWhatIsNoEventInItsTurn() {
    add(0, "a");
    lane.add(Delivery.unreadable(record(1), "a", "not a CloudEvent"));
    lane.deliver();
    assertThat(deadLetters).isEmpty();

    endpoint.end(0, Outcome.DELIVERED);

    assertThat(deadLetters).containsOnlyKeys(1L);
  }

  @Test
  void takesNoNoticeOfWhatEndsAfterItWasClosed() {
    add(0, "a");
    add(1, "a");
    lane.deliver();
    lane.close();

    endpoint.end(0, Outcome.DELIVERED);

    assertThat(lane.watermark(2)).isZero();
    assertThat(endpoint.sent).containsExactly(0L);
  }

  @Test
  void waitsForAnEmitterAndKeepsItsEventsWhenItIsGone() {
    lane.use(null);
    add(0, "a");
    lane.deliver();
    assertThat(endpoint.sent).isEmpty();
    assertThat(lane.isFull()).isTrue();

    lane.use(endpoint);
    lane.deliver();

    assertThat(endpoint.sent).containsExactly(0L);
    assertThat(lane.isFull()).isFalse();
  }

  @Test
  void sendsWhatWaitsToAnotherEmitterAtOnce() {
    add(0, "a");
    add(1, "b");
    lane.deliver();
    endpoint.end(0, Outcome.retry("down"));
    HandDriven other = new HandDriven();

    lane.use(other);
    lane.deliver();
    assertThat(other.sent).containsExactly(0L);
    endpoint.end(1, Outcome.retry("down"));

    assertThat(other.sent).containsExactly(0L, 1L);
    assertThat(endpoint.sent).containsExactly(0L, 1L);
  }

  @Test
  void isFullUntilHalfOfItIsGone() {
    lane = lane(new LaneLimits(10, 10, 100));
    lane.use(endpoint);
    for (int offset = 0; offset < 10; offset++) {
      add(offset, null);
    }
    lane.deliver();
    assertThat(lane.isFull()).isTrue();
    for (int offset = 0; offset < 5; offset++) {
      endpoint.end(offset, Outcome.DELIVERED);
      assertThat(lane.isFull()).isTrue();
    }
    endpoint.end(5, Outcome.DELIVERED);
    assertThat(lane.isFull()).isFalse();
  }

  @Test
  void doesNotRunAheadOfAStuckEventWithoutEnd() {
    lane = lane(new LaneLimits(3, 100, 10));
    lane.use(endpoint);
    add(0, "stuck");
    lane.deliver();
    for (int offset = 1; offset < 10; offset++) {
      add(offset, null);
      lane.deliver();
      endpoint.end(offset, Outcome.DELIVERED);
    }
    assertThat(lane.isFull()).isTrue();
  }

  @Test
  void growsNoStackWithAnEmitterThatAnswersAtOnce() {
    lane = lane(new LaneLimits(1, 200_000, 200_000));
    lane.use(event -> CompletableFuture.completedStage(Outcome.DELIVERED));
    for (int offset = 0; offset < 100_000; offset++) {
      add(offset, "a");
    }
    lane.deliver();
    assertThat(lane.watermark(100_000)).isEqualTo(100_000);
  }

  @Test
  void triesAgainWhatAnEmitterThrowsAt() {
    lane.use(
        event -> {
          throw new IllegalStateException("a fault in the emitter");
        });
    add(0, "a");
    lane.deliver();
    assertThat(lane.nextDue()).isEqualTo(clock.millis() + SECOND);
  }

  @Test
  void flushesAlsoTheEmitterThatWasReplaced() {
    lane.use(
        new Emitter() {
          @Override
          public CompletionStage<Outcome> emit(CloudEvent event) {
            return CompletableFuture.completedStage(Outcome.DELIVERED);
          }

          @Override
          public void flush() throws IOException {
            throw new IOException("disk gone");
          }
        });
    lane.use(null);
    assertThatThrownBy(() -> lane.flushed(1)).hasMessage("disk gone");
  }

  private Lane lane(LaneLimits limits) {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), () -> 1);
    return new Lane("test", limits, backoff, clock, (record, cause) -> letter(record));
  }

  private CompletableFuture<Void> letter(SinkRecord record) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    deadLetters.put(record.originalKafkaOffset(), written);
    return written;
  }

  private void add(long offset, @Nullable String key) {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId(Long.toString(offset))
            .withType("t")
            .withSource(URI.create("/s"))
            .build();
    lane.add(Delivery.of(record(offset), key, event));
  }

  private static SinkRecord record(long offset) {
    return new SinkRecord("topic", 0, null, null, null, null, offset);
  }

  /** Attempts that end when the test says so. */
  private static final class HandDriven implements Emitter {
    private final List<Long> sent = new ArrayList<>();
    private final Map<Long, CompletableFuture<Outcome>> open = new LinkedHashMap<>();

    @Override
    public CompletionStage<Outcome> emit(CloudEvent event) {
      long offset = Long.parseLong(event.getId());
      sent.add(offset);
      CompletableFuture<Outcome> end = new CompletableFuture<>();
      open.put(offset, end);
      return end;
    }

    void end(long offset, Outcome outcome) {
      open.remove(offset).complete(outcome);
    }
  }
}
