package io.millrace.server.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import io.millrace.server.events.RejectedEventException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailuresIT {

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
  void triesAgainAndThenPutsAmongTheDeadLetters() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    KafkaEventBus bus = buses.open("shop", "retry.attempts", "3");
    bus.getEventManager()
        .subscribe(
            "bad",
            event -> {
              attempts.incrementAndGet();
              throw new IllegalStateException("out of paper");
            });
    bus.getEventManager()
        .subscribe(
            "never",
            event -> {
              throw new RejectedEventException("not ours", null);
            });
    bus.getEventManager().subscribe("good", got::add);
    bus.start();

    String bad = bus.getEventNotifier().notify("bad", 1).getEventId();
    String never = bus.getEventNotifier().notify("never", 1).getEventId();
    bus.getEventNotifier().notify("good", 1);

    await().atMost(LIMIT).until(() -> bus.counts().deadLettered() == 2 && got.size() == 1);
    assertThat(attempts).hasValue(3);
    List<ConsumerRecord<byte[], byte[]>> letters = buses.records(buses.topics.deadLetters());
    assertThat(letters).hasSize(2);
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      String id = Buses.id(letter);
      assertThat(id).isIn(bad, never);
      assertThat(header(letter, "deadletter_origin")).isEqualTo("server-events/shop");
      assertThat(header(letter, "deadletter_topic")).isEqualTo(buses.topics.stream("foundry"));
      assertThat(header(letter, "deadletter_cause"))
          .contains(
              id.equals(bad)
                  ? "failed 3 times: IllegalStateException: out of paper"
                  : "failed once: RejectedEventException: not ours");
    }
    await().atMost(LIMIT).until(() -> buses.committed("shop") == 3);
  }

  @Test
  void passesOverWhatIsNoEventAndReportsDataThatIsNoJson() throws Exception {
    KafkaEventBus bus = buses.open("shop");
    bus.getEventManager().subscribe("a", got::add);
    bus.start();

    bus.publish(
        CloudEventBuilder.v1()
            .withId("broken")
            .withSource(URI.create("/x"))
            .withType("t")
            .withExtension("topicpath", "a")
            .withData("application/json", "{".getBytes(UTF_8))
            .build());
    bus.publish(
        CloudEventBuilder.v1().withId("2").withSource(URI.create("/x")).withType("t").build());

    await()
        .atMost(LIMIT)
        .until(() -> bus.counts().deadLettered() == 1 && bus.counts().unreadable() == 1);
    assertThat(header(buses.records(buses.topics.deadLetters()).get(0), "deadletter_cause"))
        .contains("data is no JSON");
    assertThat(got).isEmpty();
  }

  @Test
  void goesOnAfterARecordThatNobodyCanRead() throws Exception {
    KafkaEventBus bus = buses.open("shop");
    bus.getEventManager().subscribe("a", got::add);
    bus.start();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(buses.topics.stream("foundry"), "null".getBytes(UTF_8));
    record.headers().add("content-type", "application/cloudevents+json".getBytes(UTF_8));

    buses.write(record);
    bus.getEventNotifier().notify("a", 1);
    bus.getEventNotifier().notify("a", 2);

    await().atMost(LIMIT).until(() -> got.size() == 2 && bus.counts().unreadable() == 1);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
