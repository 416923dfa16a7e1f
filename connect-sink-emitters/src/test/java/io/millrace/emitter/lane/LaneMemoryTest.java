package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneMemoryTest {

  private static final Outcome DOWN = new Outcome.Retry("HTTP 503", 503, null);

  private final LaneBench first = new LaneBench(LaneBench.LIMITS);
  private final LaneBench second =
      new LaneBench(LaneBench.LIMITS, new FailureLimits(4, Duration.ZERO, 0));

  @Test
  void goesOnWithTheScheduleOfWhoeverHadTheLaneBefore() {
    EmitterStatus left = failThreeTimes();
    second.clock.advance(Duration.ofSeconds(3));
    second.lane.begin(0, left);
    second.add(0, "a");
    second.lane.deliver();
    assertThat(second.endpoint.sent()).isEmpty();
    assertThat(second.untilDue()).as("4 s, of which 1 s is left").isEqualTo(LaneBench.SECOND);

    second.after(Duration.ofSeconds(1));
    second.endpoint.end(0, DOWN);

    EmitterStatus status = Objects.requireNonNull(second.lane.status());
    assertThat(status.state()).as("the fourth failure in a row").isEqualTo(State.DISABLED);
    assertThat(failure(status).attempts()).isEqualTo(4);
    assertThat(failure(status).first()).isEqualTo(failure(left).first());
  }

  @Test
  void otherEventsAreTriedAtOnce() {
    second.lane.begin(0, failThreeTimes());
    second.add(0, "a");
    second.add(1, "b");
    second.add(2, "c");
    second.lane.deliver();
    assertThat(second.endpoint.sent()).as("one at a time").containsExactly(1L);
  }

  @Test
  void waitsNoLongerWhenTheSystemsTimeWasPutBack() {
    EmitterStatus left = failThreeTimes();
    second.clock.advance(Duration.ofHours(-1));
    second.lane.begin(0, left);
    second.add(0, "a");
    assertThat(second.untilDue()).isEqualTo(4 * LaneBench.SECOND);
  }

  @Test
  void staysDisabled() {
    first.add(0, "a");
    first.lane.deliver();
    first.endpoint.end(0, new Outcome.Gone("HTTP 410", 410));
    second.lane.begin(0, first.lane.status());
    second.add(0, "a");
    second.after(Duration.ofDays(1));
    assertThat(second.endpoint.sent()).isEmpty();
    assertThat(second.lane.isDisabled()).isTrue();
  }

  @Test
  void reportsOnlyWhatIsNew() {
    assertThat(report(first)).isEqualTo(State.RUNNING);
    assertThat(report(first)).isNull();
    first.add(0, "a");
    first.lane.deliver();
    assertThat(report(first)).isNull();
    first.endpoint.end(0, DOWN);
    assertThat(report(first)).isEqualTo(State.RETRYING);
    assertThat(report(first)).isNull();
    first.after(Duration.ofSeconds(1));
    first.endpoint.end(0, Outcome.DELIVERED);
    assertThat(report(first)).isEqualTo(State.RUNNING);
  }

  @Test
  void reportsNothingThatWasKnown() {
    second.lane.begin(0, failThreeTimes());
    second.add(0, "a");
    assertThat(report(second)).isNull();
  }

  @Test
  void takesNothingBackBeforeTheFailingEventHasCome() {
    second.lane.begin(0, failThreeTimes());
    assertThat(report(second)).isNull();

    second.lane.consumed(1);

    assertThat(report(second)).as("it was delivered after all").isEqualTo(State.RUNNING);
  }

  @Test
  void saysThatADeadLetterCannotBeWritten() {
    first.add(0, "a");
    first.lane.deliver();
    first.endpoint.end(0, new Outcome.Rejected("HTTP 400", 400));
    first.deadLetters.get(0L).completeExceptionally(new IllegalStateException("broker gone"));
    EmitterStatus status = Objects.requireNonNull(first.lane.report());
    assertThat(status.state()).isEqualTo(State.RETRYING);
    assertThat(failure(status).error())
        .isEqualTo("HTTP 400, and cannot be dead-lettered: IllegalStateException: broker gone");
  }

  private EmitterStatus failThreeTimes() {
    first.add(0, "a");
    first.lane.deliver();
    for (int wait : new int[] {1, 2}) {
      first.endpoint.end(0, DOWN);
      first.after(Duration.ofSeconds(wait));
    }
    first.endpoint.end(0, DOWN);
    second.clock.advance(Duration.ofSeconds(3));
    return Objects.requireNonNull(first.lane.report());
  }

  private static Failure failure(EmitterStatus status) {
    return Objects.requireNonNull(status.failure());
  }

  private static @Nullable State report(LaneBench bench) {
    EmitterStatus status = bench.lane.report();
    return status == null ? null : status.state();
  }
}
