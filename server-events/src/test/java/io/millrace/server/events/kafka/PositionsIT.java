package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<EventData> got = Collections.synchronizedList(new ArrayList<>());
  private Buses buses;

  @BeforeEach
  void open() throws Exception {
    buses = new Buses(KafkaFixture.shared().bootstrapServers(), 2);
  }

  @AfterEach
  void close() {
    buses.close();
  }

  @Test
  void commitsNothingBeforeItIsHandled() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<String> handled = Collections.synchronizedList(new ArrayList<>());
    KafkaEventBus first = buses.open("shop", "drain.timeout.ms", "0");
    first
        .getEventManager()
        .subscribe(
            "a",
            event -> {
              if (event.getKey().equals("slow")) {
                try {
                  gate.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("the process has died meanwhile");
              }
              handled.add(event.getId());
            });
    first.start();
    EventData slow = new EventData("a", 1);
    slow.setKey("slow");
    EventData quick = new EventData("a", 1);
    quick.setKey("quick");
    first.getEventNotifier().notify(slow);
    first.getEventNotifier().notify(quick);
    await().atMost(LIMIT).until(() -> handled.contains(quick.getId()));

    first.close();
    KafkaEventBus second = buses.open("shop");
    second.getEventManager().subscribe("a", got::add);
    second.start();

    await().atMost(LIMIT).until(() -> ids().contains(slow.getId()));
    gate.countDown();
  }

  @Test
  void goesOnWhereItEndedAndLosesNothingInBetween() throws Exception {
    KafkaEventBus first = buses.open("shop");
    first.getEventManager().subscribe("a", got::add);
    first.start();
    KafkaEventBus publisher = buses.open("elsewhere");
    raise(publisher, "before");
    await().atMost(LIMIT).until(() -> got.size() == 1);
    first.close();

    raise(publisher, "between");
    KafkaEventBus second = buses.open("shop");
    second.getEventManager().subscribe("a", got::add);
    second.start();
    raise(publisher, "after");

    await().atMost(LIMIT).until(() -> got.size() >= 3);
    assertThat(got)
        .extracting(EventData::getData)
        .containsExactlyInAnyOrder("before", "between", "after");
  }

  @Test
  void aNewApplicationBeginsWithTheStartOrWithTheOldest() throws Exception {
    KafkaEventBus publisher = buses.open("elsewhere");
    raise(publisher, "old");
    List<Object> newest = Collections.synchronizedList(new ArrayList<>());
    KafkaEventBus latest = buses.open("latest");
    latest.getEventManager().subscribe("a", event -> newest.add(event.getData()));
    // The clock goes on: an event of the very millisecond of the start counts as new.
    long now = System.currentTimeMillis();
    await().until(() -> System.currentTimeMillis() > now);
    latest.start();
    KafkaEventBus earliest = buses.open("earliest", "handle.start.from", "earliest");
    earliest.getEventManager().subscribe("a", got::add);
    earliest.start();

    raise(publisher, "new");

    await().atMost(LIMIT).until(() -> got.size() == 2 && newest.size() == 1);
    assertThat(newest).containsExactly("new");
    assertThat(got).extracting(EventData::getData).containsExactlyInAnyOrder("old", "new");
  }

  @Test
  void closingHandlesWhatWasTakenAndSendsWhatWasRaised() throws Exception {
    KafkaEventBus bus = buses.open("shop", "handle.threads", "2");
    CountDownLatch begun = new CountDownLatch(1);
    bus.getEventManager()
        .subscribe(
            "a",
            event -> {
              begun.countDown();
              bus.getEventNotifier().notify("done", event.getId());
              got.add(event);
            });
    bus.start();
    List<Notification> handles = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      handles.add(bus.getEventNotifier().notify("a", i));
    }
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

    bus.close();

    assertThat(handles).allMatch(handle -> handle.getStatus() == EventStatus.COMPLETED);
    int handled = got.size();
    assertThat(buses.committed("shop")).isGreaterThanOrEqualTo(handled);
    assertThat(buses.records(buses.topics.stream("foundry"))).hasSize(200 + handled);
    assertThat(bus.getEventNotifier().notify("a", 1).getStatus()).isEqualTo(EventStatus.FAILED);
  }

  private void raise(KafkaEventBus bus, String data) throws Exception {
    bus.getEventNotifier()
        .notify("a", data)
        .completion()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private List<String> ids() {
    return List.copyOf(got).stream().map(EventData::getId).toList();
  }
}
