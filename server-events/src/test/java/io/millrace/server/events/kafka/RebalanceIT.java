package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RebalanceIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int KEYS = 16;

  /** The newest number that a key has seen begun, and who handles it now. */
  private static final class Key {
    int begun = -1;
    int active;
  }

  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private final Set<String> handled = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> wrong = new AtomicReference<>();

  @Test
  void neitherLosesNorReordersWhileInstancesComeAndGo() throws Exception {
    try (Buses buses = new Buses(KafkaFixture.shared().bootstrapServers(), 4)) {
      KafkaEventBus stays = start(buses);
      KafkaEventBus publisher = buses.open("publisher");
      AtomicBoolean stop = new AtomicBoolean();
      List<String> raised = new ArrayList<>();
      Thread raising =
          new Thread(
              () -> {
                for (int n = 0; !stop.get(); n++) {
                  for (int key = 0; key < KEYS; key++) {
                    EventData event = new EventData("order/" + key, n);
                    event.setKey("key-" + key);
                    raised.add(publisher.getEventNotifier().notify(event).getEventId());
                  }
                  pause(100);
                }
              });
      raising.start();

      for (int round = 0; round < 3; round++) {
        KafkaEventBus guest = start(buses);
        long before = guest.counts().handled();
        await().atMost(LIMIT).until(() -> guest.counts().handled() > before + 50);
        guest.close();
        long now = stays.counts().handled();
        await().atMost(LIMIT).until(() -> stays.counts().handled() > now + 50);
      }
      stop.set(true);
      raising.join();

      await().atMost(LIMIT).until(() -> handled.containsAll(raised));
      assertThat(wrong.get()).isNull();
      assertThat(new HashSet<>(raised)).hasSameSizeAs(raised);
      assertThat(stays.counts().deadLettered()).isZero();
    }
  }

  private KafkaEventBus start(Buses buses) throws Exception {
    // Frequent heartbeats, so that a partition is with its next owner at once.
    KafkaEventBus bus =
        buses.open(
            "shop",
            "handle.threads",
            "8",
            "retry.attempts",
            "20",
            "kafka.heartbeat.interval.ms",
            "50");
    bus.getEventManager().subscribe("order", this::handle);
    bus.start();
    return bus;
  }

  // Also fails now and then, so that attempts are under way when partitions move.
  private void handle(EventData event) {
    Key key = keys.computeIfAbsent(String.valueOf(event.getKey()), name -> new Key());
    int number = (Integer) event.getData();
    synchronized (key) {
      key.active++;
      if (key.active > 1) {
        wrong.compareAndSet(null, event.getKey() + " is handled twice at the same time");
      }
      // An event may come again, but none may be left out.
      if (number > key.begun + 1) {
        wrong.compareAndSet(null, event.getKey() + ": " + number + " after " + key.begun);
      }
    }
    try {
      // Now and then for longer than it takes to give a partition away.
      pause(ThreadLocalRandom.current().nextInt(25) == 0 ? 500 : 1);
      if (ThreadLocalRandom.current().nextInt(50) == 0) {
        throw new IllegalStateException("now and then");
      }
      synchronized (key) {
        key.begun = Math.max(key.begun, number);
      }
      handled.add(event.getId());
    } finally {
      synchronized (key) {
        key.active--;
      }
    }
  }

  /** What a subscriber's work takes. */
  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
