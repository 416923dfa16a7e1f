package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Consumers and gateways that race for a lease, interleaved by chance. */
class LeaseRaceTest {

  private static final int STEPS = 3_000;
  private static final Duration SESSION = Duration.ofMillis(100);
  private static final List<String> CONSUMERS = List.of("a", "b", "c");

  private final List<String> granted = new ArrayList<>();

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < 300; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneConsumerHoldsHoweverTheyRace(long seed) {
    SimulatedLeases simulated = new SimulatedLeases(seed);
    for (int i = 0; i < 3; i++) {
      simulated.start();
    }
    for (int step = 0; step < STEPS; step++) {
      step(simulated);
      assertThat(safe(simulated)).as("step %d", step).hasSizeLessThanOrEqualTo(1);
    }
    simulated.settle();
    simulated.start();
    simulated.settle();
    assertThat(simulated.nodes.stream().map(LeaseRaceTest::holder).distinct()).hasSize(1);
    finish(simulated);
  }

  private void step(SimulatedLeases simulated) {
    var random = simulated.random;
    SimulatedLeases.Node node = simulated.nodes.get(random.nextInt(simulated.nodes.size()));
    switch (random.nextInt(24)) {
      case 0, 1 -> {
        CompletableFuture<Void> unused = ask(node, CONSUMERS.get(random.nextInt(3)));
      }
      case 2 -> node.seat.touch();
      case 3 -> simulated.pass(Duration.ofMillis(random.nextInt(12)).toNanos());
      case 4 -> simulated.pass(Duration.ofMillis(random.nextInt(10) == 0 ? 110 : 1).toNanos());
      case 5 -> node.cut = random.nextInt(4) == 0;
      case 6 -> {
        if (random.nextInt(40) == 0) {
          simulated.kill(node);
          simulated.start();
        }
      }
      case 7, 8, 9, 10, 11, 12 -> node.append();
      case 13, 14, 15, 16, 17, 18 -> node.read();
      default -> simulated.work();
    }
  }

  /** Who keeps asking is served in the end. */
  private void finish(SimulatedLeases simulated) {
    SimulatedLeases.Node node = simulated.nodes.get(0);
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Void> asked = ask(node, "late");
      simulated.settle();
      if (asked.isDone() && !asked.isCompletedExceptionally() && node.seat.isSafe("late")) {
        return;
      }
      simulated.pass(SESSION.toNanos() / 2);
    }
    throw new AssertionError("never served");
  }

  private CompletableFuture<Void> ask(SimulatedLeases.Node node, String consumer) {
    var request = new PollRequest(consumer, OptionalLong.empty(), 1, Duration.ZERO, SESSION, null);
    return node.seat
        .acquire(request, granted.size() % 3 == 0)
        .thenAccept(
            said -> {
              if (node.seat.isSafe(consumer)) {
                granted.add(consumer);
              }
            })
        .toCompletableFuture();
  }

  private static Set<String> safe(SimulatedLeases simulated) {
    return CONSUMERS.stream()
        .filter(consumer -> simulated.nodes.stream().anyMatch(node -> node.seat.isSafe(consumer)))
        .collect(Collectors.toSet());
  }

  private static String holder(SimulatedLeases.Node node) {
    Leases.Held held = node.subscription.lease();
    return held == null ? "nobody" : held.node() + " " + held.lease();
  }
}
