package io.millrace.server.events.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.server.events.RejectedEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Tally tally = new Tally();
  private final Dispatcher dispatcher =
      new Dispatcher(
          4,
          new RetryPolicy(3, Duration.ofMillis(2), Duration.ofMillis(4), () -> 1),
          tally,
          "lane-test");
  private final Lane lane = dispatcher.lane();
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    dispatcher.close();
  }

  @Test
  void keepsTheOrderOfAKeyOverFailures() throws Exception {
    for (int i = 0; i < 200; i++) {
      String name = i % 4 + "-" + i / 4;
      lane.add("key" + i % 4, new Step(name, i % 7 == 0 ? 2 : 0));
    }

    assertThat(lane.awaitEmpty(LIMIT)).isTrue();

    for (int key = 0; key < 4; key++) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        expected.add("settled " + key + "-" + i);
      }
      String prefix = "settled " + key + "-";
      assertThat(log.stream().filter(line -> line.startsWith(prefix))).isEqualTo(expected);
    }
    assertThat(tally.counts().handled()).isEqualTo(200);
  }

  @Test
  void aKeyThatFailsHoldsUpNoOther() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    lane.add("slow", new Step("slow", 0, blocked));
    lane.add("slow", new Step("behind", 0));
    lane.add("quick", new Step("quick", 0));
    lane.add(null, new Step("free", 0));

    await()
        .atMost(LIMIT)
        .until(() -> log.contains("settled quick") && log.contains("settled free"));
    assertThat(log).doesNotContain("tried behind");
    blocked.countDown();
    assertThat(lane.awaitEmpty(LIMIT)).isTrue();
  }

  @Test
  void givesUpAfterTheLastAttemptAndGoesOn() throws Exception {
    lane.add("a", new Step("bad", 100));
    lane.add("a", new Step("next", 0));

    assertThat(lane.awaitEmpty(LIMIT)).isTrue();

    assertThat(log)
        .containsExactly(
            "tried bad",
            "tried bad",
            "tried bad",
            "gave up bad after 3",
            "settled bad",
            "tried next",
            "settled next");
    assertThat(tally.counts().deadLettered()).isOne();
  }

  @Test
  void givesUpARejectedEventAtOnce() throws Exception {
    lane.add(
        null,
        new Step("bad", 1) {
          @Override
          RuntimeException failure() {
            return new RejectedEventException("never", null);
          }
        });

    assertThat(lane.awaitEmpty(LIMIT)).isTrue();
    assertThat(log).containsExactly("tried bad", "gave up bad after 1", "settled bad");
  }

  @Test
  void settlesNothingBeforeItIsPutAway() throws Exception {
    Step stuck = new Step("bad", 100);
    stuck.refusals = 2;
    lane.add("a", stuck);

    assertThat(lane.awaitEmpty(LIMIT)).isTrue();

    assertThat(log.stream().filter(line -> line.startsWith("gave up"))).hasSize(3);
    assertThat(log.get(log.size() - 1)).isEqualTo("settled bad");
  }

  @Test
  void beginsNothingAfterItWasStopped() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    lane.add("a", new Step("first", 0, blocked));
    lane.add("a", new Step("second", 0));
    await().atMost(LIMIT).until(() -> log.contains("tried first"));

    lane.stop();
    assertThat(lane.awaitStill(Duration.ofMillis(20))).isFalse();
    blocked.countDown();

    assertThat(lane.awaitStill(LIMIT)).isTrue();
    assertThat(log).containsExactly("tried first", "settled first");
  }

  @Test
  void isDrainedWhenOnlyRetriesAreLeft() throws Exception {
    Dispatcher slow =
        new Dispatcher(
            2,
            new RetryPolicy(2, Duration.ofHours(1), Duration.ofHours(1), () -> 1),
            tally,
            "slow-retries");
    Lane waiting = slow.lane();
    waiting.add("a", new Step("bad", 1));
    waiting.add("a", new Step("behind", 0));
    waiting.add("b", new Step("other", 0));

    await().atMost(LIMIT).until(waiting::isDrained);
    assertThat(log).contains("settled other").doesNotContain("tried behind");
    waiting.add("a", new Step("behind too", 0));
    assertThat(waiting.isDrained()).isTrue();
    assertThat(waiting.pending()).isEqualTo(3);
    slow.close();
  }

  private class Step implements Work {

    private final String name;
    private final CountDownLatch gate;
    private int failures;
    int refusals;

    Step(String name, int failures) {
      this(name, failures, new CountDownLatch(0));
    }

    Step(String name, int failures, CountDownLatch gate) {
      this.name = name;
      this.failures = failures;
      this.gate = gate;
    }

    RuntimeException failure() {
      return new IllegalStateException("not yet");
    }

    @Override
    public void attempt() throws Exception {
      log.add("tried " + name);
      gate.await();
      if (failures-- > 0) {
        throw failure();
      }
    }

    @Override
    public CompletionStage<Void> giveUp(int attempts, Throwable cause) {
      log.add("gave up " + name + " after " + attempts);
      return refusals-- > 0
          ? CompletableFuture.failedFuture(new IllegalStateException("no room"))
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void settled() {
      log.add("settled " + name);
    }
  }
}
