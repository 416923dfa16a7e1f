package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.Notification;
import io.millrace.server.events.dispatch.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublisherTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Tally tally = new Tally();

  @Test
  void everyHandleComesToItsEndHoweverCloseToTheEndItWasAsked() throws Exception {
    for (int round = 0; round < 200; round++) {
      Publisher publisher = publisher();
      List<Notification> handles = new ArrayList<>();
      Thread raising =
          new Thread(
              () -> {
                Notification last;
                do {
                  last = publisher.notify(new EventData("a", 1));
                  handles.add(last);
                } while (last.getStatus() != EventStatus.FAILED);
              });
      raising.start();
      publisher.close(Duration.ofSeconds(10));
      raising.join(LIMIT.toMillis());

      for (Notification handle : handles) {
        assertThat(handle.completion().exceptionally(failure -> null).toCompletableFuture())
            .succeedsWithin(LIMIT);
      }
    }
  }

  @Test
  void anEventRaisedAfterTheEndSaysWhyItFailed() {
    Publisher publisher = publisher();
    publisher.close(LIMIT);

    assertThat(publisher.notify(new EventData("a", 1)).completion().toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withMessageContaining("the event bus is closed");
    assertThat(tally.counts().failed()).isOne();
  }

  private Publisher publisher() {
    Publisher publisher =
        new Publisher(
            new MockProducer<>(
                true,
                new RoundRobinPartitioner(),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
            new ServerEventsConfig(
                Map.of("bootstrap.servers", "localhost:9092", "application.id", "shop")),
            tally);
    publisher.start();
    return publisher;
  }
}
