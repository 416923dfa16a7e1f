package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node in a process of its own, to be killed: says {@code D id} of what it delivered, and {@code
 * A id} when an acknowledgement was answered. Every third chunk is acknowledged.
 */
final class DoomedNode {

  private DoomedNode() {}

  public static void main(String[] args) throws Exception {
    var config = new SubscriptionConfig(Duration.ofDays(30), 2, 2, 1 << 20, 8 << 20);
    Subscriptions node =
        Subscriptions.start(
            config, Map.of("bootstrap.servers", args[0]), new MillraceTopics(args[1]));
    node.open(
            "s",
            Cluster.all(),
            OptionalLong.of(0),
            Cluster.PACE,
            new Talker(node, new AtomicInteger()))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .request(Long.MAX_VALUE);
    new CountDownLatch(1).await();
  }

  private record Talker(Subscriptions node, AtomicInteger chunks) implements SubscriptionObserver {

    @Override
    public void events(List<StreamedEvent> chunk) {
      long last = chunk.get(chunk.size() - 1).id();
      System.out.println("D " + last);
      if (chunks.incrementAndGet() % 3 == 0) {
        var unused = node.acknowledge("s", last).thenRun(() -> System.out.println("A " + last));
      }
    }

    @Override
    public void gap(long first, long last) {
      System.out.println("G " + first + " " + last);
    }

    @Override
    public void ended(SessionEnd why) {
      System.out.println("E " + why);
    }
  }
}
