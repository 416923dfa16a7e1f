package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.millrace.model.security.SecurityRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final TestLanes test = new TestLanes();

  @Test
  void topicsExistBeforeEventsAreRouted() {
    test.define("x", "\"topics\": []");
    assertThat(test.cluster).containsExactly("millrace.emitter.console.x");
    assertThat(matches("a")).containsExactly("millrace.emitter.console.x");
    assertThat(test.lanes.isActive("millrace.emitter.console.x")).isTrue();
  }

  @Test
  void emittersWaitForTheirTopic() throws Exception {
    test.clusterRefuses = true;
    test.define("x", "\"topics\": []");
    assertThat(matches("a")).isEmpty();
    assertThat(test.lanes.waiting()).isEqualTo(1);
    assertThat(test.lanes.awaitSettled(Duration.ZERO)).isFalse();
    test.lanes.retryWaiting();
    assertThat(test.lanes.waiting()).isEqualTo(1);
    test.clusterRefuses = false;
    test.lanes.retryWaiting();
    assertThat(matches("a")).hasSize(1);
    assertThat(test.lanes.awaitSettled(Duration.ZERO)).isTrue();
  }

  @Test
  void healthDoesNotWaitForTheCluster() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    test.onLook =
        () -> {
          asked.countDown();
          answer.await();
        };
    Thread upkeep = new Thread(test.lanes::recreateMissing);
    upkeep.start();
    asked.await();
    try {
      assertThat(CompletableFuture.supplyAsync(test.lanes::waiting))
          .succeedsWithin(Duration.ofSeconds(10));
    } finally {
      answer.countDown();
      upkeep.join();
    }
  }

  @Test
  void removedEmittersNoLongerWait() {
    test.clusterRefuses = true;
    test.define("x", "\"topics\": []");
    test.lanes.changed("x", null);
    test.clusterRefuses = false;
    test.lanes.retryWaiting();
    assertThat(matches("a")).isEmpty();
    assertThat(test.cluster).isEmpty();
  }

  @Test
  void aFilterThatCannotBeCompiledTurnsTheEmitterOff() {
    test.define("x", "\"topics\": []");
    test.define("x", "\"filter\": \"amount >\"");
    assertThat(matches("a")).isEmpty();
    assertThat(test.lanes.size()).isZero();
  }

  @Test
  void anUnreadableDefinitionTurnsTheEmitterOff() {
    test.define("x", "\"topics\": []");
    test.lanes.unreadable("x");
    assertThat(matches("a")).isEmpty();
  }

  @Test
  void aChangedTypeMovesTheLane() {
    test.define("x", "\"topics\": []");
    test.define("x", "\"type\": \"File\", \"parameters\": {\"path\": \"/tmp/x\"}");
    assertThat(matches("a")).containsExactly("millrace.emitter.file.x");
    assertThat(test.lanes.isActive("millrace.emitter.console.x")).isFalse();
  }

  @Test
  void deletedTopicsOfDefinedEmittersAreCreatedAgain() {
    test.define("x", "\"topics\": []");
    test.define("y", "\"topics\": []");
    test.lanes.changed("y", null);
    test.cluster.clear();
    test.lanes.recreateMissing();
    assertThat(test.cluster).containsExactly("millrace.emitter.console.x");
  }

  @Test
  void aRemovedEmitterThatComesBackHasItsTopicCreatedAgain() {
    test.define("x", "\"topics\": []");
    test.lanes.changed("x", null);
    test.cluster.clear();
    test.define("x", "\"topics\": []");
    assertThat(test.cluster).containsExactly("millrace.emitter.console.x");
  }

  @Test
  void anEmitterOfAUserWaitsUntilItIsKnownWhoMaySeeWhat() {
    test.define("system", "\"topics\": []");
    test.define("x", "\"owner\": \"ada\", \"topics\": []");
    test.lanes.retryWaiting();
    assertThat(test.lanes.waiting()).isOne();
    assertThat(matches("a")).containsExactly("millrace.emitter.console.system");
    test.audience.rules(Optional.of(SecurityRules.NONE));
    test.lanes.retryWaiting();
    assertThat(test.lanes.waiting()).isZero();
    assertThat(matches("a")).hasSize(2);
  }

  @Test
  void countersByEmitterAreBoundedAndReturned() {
    for (int i = 0; i < RouterMetrics.MAX_EMITTERS + 50; i++) {
      test.define("e" + i, "\"topics\": []");
    }
    assertThat(emitterCounters()).hasSize(RouterMetrics.MAX_EMITTERS + 1);
    test.lanes.changed("e0", null);
    assertThat(emitterCounters()).doesNotContain("e0").hasSize(RouterMetrics.MAX_EMITTERS);
    test.define("late", "\"topics\": []");
    assertThat(emitterCounters()).contains("late");
  }

  private List<String> emitterCounters() {
    return test.registry.find(RouterMetrics.EMITTER_MATCHES).meters().stream()
        .map(Meter::getId)
        .map(id -> String.valueOf(id.getTag(RouterMetrics.EMITTER)))
        .toList();
  }

  private List<String> matches(String topicPath) {
    return test.index.match(TestLanes.event("1", topicPath)).stream().map(Lane::topic).toList();
  }
}
