package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneInOrderTest {

  private final LaneBench bench = new LaneBench(new LaneLimits(4, 100, 100).inOrder());

  @Test
  void sendsAllEventsInTheOrderOfTheirOffsets() {
    bench.endpoint.batch = 3;
    bench.add(0, "a");
    bench.add(1, "b");
    bench.add(2, null);
    bench.add(3, "a");
    bench.lane.deliver();
    assertThat(bench.endpoint.attempts).containsExactly(List.of(0L, 1L, 2L));

    bench.endpoint.end(0, Outcome.DELIVERED);

    assertThat(bench.endpoint.attempts).last().isEqualTo(List.of(3L));
  }

  @Test
  void nothingOvertakesWhatFails() {
    bench.add(0, "a");
    bench.add(1, "b");
    bench.lane.deliver();
    bench.endpoint.end(0, Outcome.retry("down"));
    bench.add(2, "c");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).containsExactly(0L);

    bench.after(Duration.ofSeconds(1));
    bench.endpoint.end(0, Outcome.DELIVERED);
    bench.endpoint.end(1, Outcome.DELIVERED);

    assertThat(bench.endpoint.sent()).containsExactly(0L, 0L, 1L, 2L);
  }

  @Test
  void halvingKeepsTheOrder() {
    bench.endpoint.batch = 4;
    for (long offset = 0; offset < 5; offset++) {
      bench.add(offset, "key" + offset);
    }
    bench.lane.deliver();
    bench.endpoint.end(0, new Outcome.Partly(1, Outcome.rejected("one of them")));
    bench.endpoint.end(1, Outcome.DELIVERED);
    bench.endpoint.end(3, Outcome.rejected("one of them"));
    bench.endpoint.end(3, Outcome.rejected("bad"));
    bench.deadLetters.get(3L).complete(null);
    bench.endpoint.end(4, Outcome.DELIVERED);
    assertThat(bench.endpoint.attempts)
        .containsExactly(
            List.of(0L, 1L, 2L, 3L), List.of(1L, 2L), List.of(3L, 4L), List.of(3L), List.of(4L));
    assertThat(bench.lane.watermark(5)).isEqualTo(5);
  }
}
