package io.millrace.gateway.subscription;

import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, to be killed: consumer a polls at it, and says {@code W}. */
final class DoomedGateway {

  private DoomedGateway() {}

  public static void main(String[] args) throws Exception {
    var config = new SubscriptionConfig(Duration.ofDays(30), 2, 2, 1 << 20, 8 << 20);
    Subscriptions node =
        Subscriptions.start(
            config, Map.of("bootstrap.servers", args[0]), new MillraceTopics(args[1]));
    Duration session = Duration.parse(args[2]);
    var request =
        new PollRequest("a", OptionalLong.of(0), 10, session, session, Duration.ofMinutes(5));
    while (true) {
      var waiting = node.poll("s", request).answer().toCompletableFuture();
      while (!waiting.isDone()) {
        if (node.waitingPolls() == 1) {
          System.out.println("W");
          new CountDownLatch(1).await(session.toMillis(), TimeUnit.MILLISECONDS);
        }
        Thread.onSpinWait();
      }
    }
  }
}
