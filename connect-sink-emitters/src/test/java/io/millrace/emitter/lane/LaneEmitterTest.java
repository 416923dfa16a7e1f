package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LaneEmitterTest {

  private LaneBench bench = new LaneBench();

  @Test
  void waitsForAnEmitterAndKeepsItsEventsWhenItIsGone() {
    bench.lane.use(null);
    bench.add(0, "a");
    bench.lane.deliver();
    assertThat(bench.endpoint.sent()).isEmpty();
    assertThat(bench.lane.isFull()).isTrue();

    bench.lane.use(bench.endpoint);
    bench.lane.deliver();

    assertThat(bench.endpoint.sent()).containsExactly(0L);
    assertThat(bench.lane.isFull()).isFalse();
  }

  @Test
  void sendsWhatWaitsToAnotherEmitterAtOnce() {
    bench.add(0, "a");
    bench.add(1, "b");
    bench.lane.deliver();
    bench.endpoint.end(0, Outcome.retry("down"));
    LaneBench.HandDriven other = new LaneBench.HandDriven();

    bench.lane.use(other);
    bench.lane.deliver();
    assertThat(other.sent()).containsExactly(0L);
    bench.endpoint.end(1, Outcome.retry("down"));

    assertThat(other.sent()).containsExactly(0L, 1L);
    assertThat(bench.endpoint.sent()).containsExactly(0L, 1L);
  }

  @Test
  void flushesAlsoTheEmitterThatWasReplaced() {
    bench.lane.use(
        new Emitter() {
          @Override
          public CompletionStage<Outcome> emit(List<Emission> emissions) {
            return CompletableFuture.completedStage(Outcome.DELIVERED);
          }

          @Override
          public void flush() throws IOException {
            throw new IOException("disk gone");
          }
        });
    bench.lane.use(null);
    assertThatThrownBy(() -> bench.lane.flushed(1)).hasMessage("disk gone");
  }

  @Test
  void flushesTheReplacedEmitterUntilWhatItHasUnderWayHasEnded() throws Exception {
    List<String> flushed = new ArrayList<>();
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    bench.lane.use(
        new Emitter() {
          @Override
          public CompletionStage<Outcome> emit(List<Emission> emissions) {
            return end;
          }

          @Override
          public void flush() {
            flushed.add(end.isDone() ? "after" : "before");
          }
        });
    bench.add(0, "a");
    bench.lane.deliver();
    bench.lane.use(bench.endpoint);
    assertThat(bench.lane.flushed(1)).isZero();

    end.complete(Outcome.DELIVERED);

    assertThat(bench.lane.flushed(1)).isEqualTo(1);
    assertThat(flushed).containsExactly("before", "after");
  }
}
