package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StuckSubscriberIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void holdsUpNeitherOtherPartitionsNorTheMembership() throws Exception {
    try (Buses buses = new Buses(KafkaFixture.shared().bootstrapServers(), 8)) {
      Set<Object> handled = ConcurrentHashMap.newKeySet();
      CountDownLatch gate = new CountDownLatch(1);
      // Far longer than a member may be silent, and far more events than may be pending.
      KafkaEventBus bus =
          buses.open(
              "shop",
              "handle.max.pending",
              "10",
              "kafka.max.poll.interval.ms",
              "2000",
              "kafka.session.timeout.ms",
              "6000");
      AtomicBoolean stuck = new AtomicBoolean();
      bus.getEventManager()
          .subscribe(
              "a",
              event -> {
                if ("stuck".equals(event.getKey()) && stuck.compareAndSet(false, true)) {
                  awaitGate(gate);
                }
                handled.add(event.getData());
              });
      bus.start();
      for (int i = 0; i < 50; i++) {
        raise(bus, "stuck", "stuck-" + i);
      }
      await().atMost(LIMIT).untilTrue(stuck);
      long begin = System.nanoTime();
      int others = 0;
      // Some of these share the stuck partition and wait with it; those of the others go on.
      while (System.nanoTime() - begin < Duration.ofSeconds(4).toNanos() || handled.size() < 100) {
        raise(bus, "key-" + others, "other-" + others++);
        int target = others / 4;
        await().atMost(LIMIT).until(() -> handled.size() >= target);
      }
      assertThat(handled).noneMatch(data -> data.toString().startsWith("stuck-"));

      gate.countDown();
      int all = others + 50;
      await().atMost(LIMIT).until(() -> handled.size() == all);
      assertThat(bus.counts().handled()).isEqualTo(all);
    }
  }

  private static void raise(KafkaEventBus bus, String key, String data) {
    EventData event = new EventData("a", data);
    event.setKey(key);
    bus.getEventNotifier().notify(event);
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
