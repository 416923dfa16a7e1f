package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneDeadLetterTest {

  private LaneBench bench = new LaneBench();

  @Test
  void commitsARejectedEventOnlyWhenTheDeadLetterIsWritten() {
    bench.add(0, "a");
    bench.add(1, "a");
    bench.lane.deliver();

    bench.endpoint.end(0, new Outcome.Rejected("HTTP 400", 400));

    assertThat(bench.deadLetters).containsOnlyKeys(0L);
    assertThat(bench.lane.watermark(2)).isZero();
    assertThat(bench.endpoint.sent()).containsExactly(0L);
    bench.deadLetters.get(0L).complete(null);
    assertThat(bench.lane.watermark(2)).isEqualTo(1);
    assertThat(bench.endpoint.sent()).containsExactly(0L, 1L);
  }

  @Test
  void standsStillWhileADeadLetterCannotBeWritten() {
    bench.add(0, "a");
    bench.lane.deliver();
    bench.endpoint.end(0, new Outcome.Rejected("HTTP 400", 400));
    bench.deadLetters.get(0L).completeExceptionally(new IOException("broker gone"));

    bench.add(1, "b");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L);

    bench.clock.advance(Duration.ofSeconds(1));
    bench.lane.deliver();
    bench.deadLetters.get(0L).complete(null);
    assertThat(bench.endpoint.sent()).containsExactly(0L, 1L);
    assertThat(bench.lane.watermark(2)).isEqualTo(1);
  }

  @Test
  void putsAwayWhatIsNoEventInItsTurn() {
    bench.add(0, "a");
    bench.lane.add(Delivery.unreadable(LaneBench.record(1), "a", "not a CloudEvent"));
    bench.lane.deliver();
    assertThat(bench.deadLetters).isEmpty();

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.deadLetters).containsOnlyKeys(1L);
  }
}
