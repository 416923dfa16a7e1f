package io.millrace.source.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.source.config.Backoff;
import io.millrace.source.http.LaterException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class ReadLoopTest {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(350), () -> 1.0);

  private final Tally tally = new Tally();
  private final Intake intake = new Intake(10, 1_000, tally);
  private final List<Long> waits = new ArrayList<>();
  private final Deque<Reader> calls = new ArrayDeque<>();

  @Test
  void waitsLongerAfterEachFailureUntilTheVendorAnswers() {
    fails(4);
    calls.add(Intake::connected);
    fails(1);
    run();
    assertThat(waits).containsExactly(100L, 200L, 350L, 350L, 100L);
    assertThat(tally.failures()).isEqualTo(5);
  }

  @Test
  void aConnectionThatWorkedForAWhileBeginsAnew() {
    fails(2);
    calls.add(
        it -> {
          it.connected();
          throw new IOException("gone");
        });
    run();
    assertThat(waits).containsExactly(100L, 200L, 100L);
    assertThat(tally.connected()).isFalse();
  }

  @Test
  void waitsAsLongAsTheVendorAsksForIfThatIsLonger() {
    calls.add(
        it -> {
          throw new LaterException("busy", Duration.ofSeconds(5));
        });
    calls.add(
        it -> {
          throw new LaterException("busy", Duration.ofMillis(1));
        });
    run();
    assertThat(waits).containsExactly(5_000L, 200L);
  }

  @Test
  void whatNeedsAPersonFailsTheTask() {
    calls.add(
        it -> {
          throw new ConnectException("ask somebody");
        });
    run();
    assertThatThrownBy(() -> intake.take(1, 0))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage("ask somebody");
  }

  @Test
  void aDefectFailsTheTaskToo() {
    calls.add(
        it -> {
          throw new IllegalStateException("oops");
        });
    run();
    assertThatThrownBy(() -> intake.take(1, 0))
        .isInstanceOf(ConnectException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void randomShortensAWaitByUpToHalf() {
    assertThat(new Backoff(BACKOFF.first(), BACKOFF.cap(), () -> 0).after(1))
        .isEqualTo(Duration.ofMillis(50));
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(2), Duration.ofMillis(1), () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      calls.add(
          it -> {
            throw new IOException("trouble");
          });
    }
  }

  /** Until all calls are made; the next one is the end. */
  private void run() {
    Reader reader =
        it -> {
          Reader call = calls.poll();
          if (call == null) {
            throw new InterruptedException();
          }
          call.read(it);
        };
    new ReadLoop(reader, intake, BACKOFF, tally, time -> waits.add(time.toMillis())).run();
    // The loop leaves the thread interrupted, as it should.
    boolean unused = Thread.interrupted();
  }
}
