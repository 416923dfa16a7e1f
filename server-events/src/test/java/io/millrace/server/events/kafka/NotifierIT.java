package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.RestartableKafka;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.Notification;
import io.millrace.server.events.NotifierFullException;
import io.millrace.server.events.RejectedEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotifierIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static RestartableKafka kafka;

  @BeforeAll
  static void start() {
    kafka = KafkaFixture.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void takesEventsWhileTheBrokerIsAwayUntilMemoryIsFull() throws Exception {
    try (Buses buses = new Buses(kafka.bootstrapServers(), 1)) {
      KafkaEventBus bus = buses.open("shop", "notify.max.in.flight.bytes", "100000");
      List<Notification> taken = new ArrayList<>();
      kafka.stop();

      Notification last = bus.getEventNotifier().notify("a", "x".repeat(1_000));
      while (last.getStatus() != EventStatus.FAILED) {
        taken.add(last);
        last = bus.getEventNotifier().notify("a", "x".repeat(1_000));
      }

      assertThat(failure(last)).isInstanceOf(NotifierFullException.class);
      assertThat(bus.counts().dropped()).isOne();
      assertThat(taken).hasSizeBetween(40, 100);
      assertThat(taken)
          .extracting(Notification::getStatus)
          .containsOnly(EventStatus.SUBMITTED, EventStatus.IN_PROGRESS);

      kafka.restart();
      await()
          .atMost(LIMIT)
          .until(() -> taken.stream().allMatch(one -> one.getStatus() == EventStatus.COMPLETED));
      assertThat(buses.records(buses.topics.stream("foundry"))).hasSameSizeAs(taken);
    }
  }

  @Test
  void waitsForRoomIfThatIsConfigured() throws Exception {
    try (Buses buses = new Buses(kafka.bootstrapServers(), 1)) {
      KafkaEventBus bus =
          buses.open("shop", "notify.max.in.flight.bytes", "70000", "notify.max.block.ms", "60000");

      for (int i = 0; i < 500; i++) {
        bus.getEventNotifier().notify("a", "x".repeat(10_000));
      }

      await().atMost(LIMIT).until(() -> bus.counts().raised() == 500);
      assertThat(bus.counts().dropped()).isZero();
    }
  }

  @Test
  void tellsAnEventThatTheBrokerWillNeverTake() throws Exception {
    try (Buses buses = new Buses(kafka.bootstrapServers(), 1)) {
      KafkaEventBus bus = buses.open("shop");

      Notification handle = bus.getEventNotifier().notify("a", "x".repeat(2_000_000));

      assertThat(failure(handle)).isInstanceOf(RejectedEventException.class);
      assertThat(handle.getStatus()).isEqualTo(EventStatus.FAILED);
    }
  }

  private static Throwable failure(Notification handle) {
    return catchThrowable(() -> handle.completion().toCompletableFuture().get(60, TimeUnit.SECONDS))
        .getCause();
  }
}
