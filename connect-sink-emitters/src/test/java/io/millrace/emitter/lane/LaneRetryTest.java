package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneRetryTest {

  private LaneBench bench = new LaneBench();

  @Test
  void waitsTwiceAsLongAfterEachFailureUpToTheCap() {
    bench.add(0, "a");
    bench.lane.deliver();
    for (long wait : new long[] {1, 2, 4, 8, 10, 10}) {
      bench.endpoint.end(0, Outcome.retry("down"));
      assertThat(bench.untilDue()).isEqualTo(wait * LaneBench.SECOND);
      bench.clock.advance(Duration.ofSeconds(wait));
      bench.lane.deliver();
    }
  }

  @Test
  void waitsAsLongAsTheEndpointAsks() {
    bench.add(0, "a");
    bench.lane.deliver();

    bench.endpoint.end(0, new Outcome.Retry("busy", 503, Duration.ofMinutes(5)));

    assertThat(bench.untilDue()).isEqualTo(300 * LaneBench.SECOND);
  }

  @Test
  void triesAgainWhatAnEmitterThrowsAt() {
    bench.lane.use(
        emissions -> {
          throw new IllegalStateException("a fault in the emitter");
        });
    bench.add(0, "a");
    bench.lane.deliver();
    assertThat(bench.lane.nextDue()).isEqualTo(bench.clock.millis() + LaneBench.SECOND);
  }

  @Test
  void waitsAsAWholeWhenTheEndpointAsks() {
    bench.add(0, "a");
    bench.lane.deliver();
    bench.endpoint.end(0, new Outcome.Retry("HTTP 503", 503, Duration.ofMinutes(5)));
    bench.add(1, "b");
    bench.add(2, "c");
    bench.after(Duration.ofMinutes(4));
    assertThat(bench.endpoint.sent()).containsExactly(0L);

    bench.after(Duration.ofMinutes(1));

    assertThat(bench.endpoint.sent()).as("one goes ahead").hasSize(2);
    bench.endpoint.end(bench.endpoint.sent().get(1), Outcome.DELIVERED);
    assertThat(bench.endpoint.sent()).containsExactlyInAnyOrder(0L, 0L, 1L, 2L);
  }
}
