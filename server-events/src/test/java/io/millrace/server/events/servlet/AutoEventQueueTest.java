package io.millrace.server.events.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.Notification;
import io.millrace.server.events.NotifierFullException;
import io.millrace.server.events.PendingNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AutoEventQueueTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Operation OPERATION = Operation.of("GET", "/a", "s", "o", "t", "");

  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void dropsAndCountsWhenItIsFull() {
    AutoEventQueue queue = queue(AutoEventSettings.Full.DROP, this::raiseAtGate);

    for (int i = 0; i < 10; i++) {
      queue.add(call());
    }

    // Each call takes a little more than 1 KiB of 4.
    assertThat(queue.counts().dropped()).isEqualTo(7);
    gate.countDown();
    await().atMost(LIMIT).until(() -> queue.counts().raised() == 3);
    queue.close(LIMIT);
  }

  @Test
  void waitsForRoomIfThatIsWanted() {
    AutoEventQueue queue = queue(AutoEventSettings.Full.WAIT, this::raiseAtGate);
    Thread opener = new Thread(gate::countDown);
    opener.start();

    for (int i = 0; i < 10; i++) {
      queue.add(call());
    }

    await().atMost(LIMIT).until(() -> queue.counts().raised() == 10);
    assertThat(queue.counts().dropped()).isZero();
    queue.close(LIMIT);
  }

  @Test
  void countsWhatTheNotifierDrops() {
    AutoEventQueue queue =
        queue(
            AutoEventSettings.Full.DROP,
            event -> {
              PendingNotification handle = new PendingNotification(event.getId());
              handle.fail(new NotifierFullException());
              return handle;
            });

    queue.add(call());

    await().atMost(LIMIT).until(() -> queue.counts().dropped() == 1);
    queue.close(LIMIT);
  }

  @Test
  void raisesWhatWaitsBeforeItEnds() {
    AutoEventQueue queue = queue(AutoEventSettings.Full.DROP, this::raiseAtGate);
    queue.add(call());
    queue.add(call());
    gate.countDown();

    queue.close(LIMIT);

    assertThat(queue.counts().raised()).isEqualTo(2);
  }

  @Test
  void countsWhatComesAfterTheEndAsDropped() {
    AutoEventQueue queue = queue(AutoEventSettings.Full.DROP, this::raiseAtGate);
    gate.countDown();
    queue.close(LIMIT);

    queue.add(call());

    assertThat(queue.counts().dropped()).isOne();
  }

  private static AutoEventQueue queue(AutoEventSettings.Full full, EventNotifier notifier) {
    return new AutoEventQueue(
        notifier, new AutoEventSettings(Set.of(), 1_000, 4_096, full, 60_000));
  }

  private Notification raiseAtGate(EventData event) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PendingNotification handle = new PendingNotification(event.getId());
    handle.complete();
    return handle;
  }

  private static Call call() {
    BoundedCapture body = new BoundedCapture(1_000);
    body.add(new byte[10], 0, 10);
    Payload payload = Payload.of(body, "text/plain", null, null, false, 1_000);
    return new Call(OPERATION, List.of("t"), payload, Map.of(), null, null);
  }
}
