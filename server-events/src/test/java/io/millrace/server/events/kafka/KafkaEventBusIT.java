package io.millrace.server.events.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.event.EventRecords;
import io.millrace.model.foundry.ServerEvents;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.Notification;
import io.millrace.server.events.RejectedEventException;
import io.millrace.server.events.usecase.UseCase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaEventBusIT {

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
  void runsTheUseCase() throws Exception {
    KafkaEventBus bus = buses.open("shop");
    UseCase useCase = new UseCase(bus);
    useCase.subscribe();
    bus.start();

    useCase.order();

    await().atMost(LIMIT).until(useCase::isTold);
    assertThat(useCase.successMail()).contains("o-1 of kettle").contains("{\"total\":12.50}");
    assertThat(useCase.failureMail()).contains("t-1 of lamp");
  }

  @Test
  void writesWhatTheGatewayWouldWrite() throws Exception {
    KafkaEventBus bus = buses.open("shop");
    EventData event = new EventData("/apps/order", Map.of("total", 12));
    event.addAdditionalMetadata("orderId", "o-1");
    event.setKey("customer-1");

    Notification handle = bus.getEventNotifier().notify(event);
    handle.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(handle.getStatus()).isEqualTo(EventStatus.COMPLETED);
    ConsumerRecord<byte[], byte[]> record = buses.records(buses.topics.stream("foundry")).get(0);
    assertThat(record.key()).isEqualTo("customer-1".getBytes(UTF_8));
    CloudEvent written = EventRecords.read(record.headers(), record.value());
    assertThat(written.getId()).isEqualTo(handle.getEventId()).isEqualTo(event.getId());
    assertThat(written.getType()).isEqualTo("ServerEvent");
    assertThat(written.getSource()).isEqualTo(URI.create("shop"));
    assertThat(written.getExtension("topicpath")).isEqualTo("/apps/order");
    assertThat(ServerEvents.read(written).data().toString()).isEqualTo("{\"total\":12}");
    assertThat(ServerEvents.read(written).metadata().toString()).isEqualTo("{\"orderId\":\"o-1\"}");
  }

  @Test
  void getsWhatOthersWroteToTheStream() throws Exception {
    KafkaEventBus bus = buses.open("shop");
    bus.getEventManager().subscribe("transaction", got::add);
    bus.start();

    bus.publish(
        CloudEventBuilder.v1()
            .withId("x")
            .withSource(URI.create("/services/ServerEvents"))
            .withType("Deposit")
            .withSubject("account-1")
            .withExtension("topicpath", "transaction/deposit")
            .withExtension("user", "voltmx")
            .withData("text/plain", "988".getBytes(UTF_8))
            .build());

    await().atMost(LIMIT).until(() -> !got.isEmpty());
    EventData event = got.get(0);
    assertThat(event.getData()).isEqualTo("988");
    assertThat(event.getType()).isEqualTo("Deposit");
    assertThat(event.getKey()).isEqualTo("account-1");
    assertThat(event.getProducer()).isEqualTo("/services/ServerEvents");
    assertThat(event.getUserProfile()).containsEntry("user", "voltmx");
  }

  @Test
  void instancesShareAndBroadcastsReachAll() throws Exception {
    List<String> sharedA = Collections.synchronizedList(new ArrayList<>());
    List<String> sharedB = Collections.synchronizedList(new ArrayList<>());
    List<String> all = Collections.synchronizedList(new ArrayList<>());
    KafkaEventBus a = buses.open("shop");
    KafkaEventBus b = buses.open("shop");
    a.getEventManager().subscribe("a", event -> sharedA.add(event.getId()));
    b.getEventManager().subscribe("a", event -> sharedB.add(event.getId()));
    a.getBroadcastManager().subscribe("a", event -> all.add(event.getId()));
    b.getBroadcastManager().subscribe("a", event -> all.add(event.getId()));
    a.start();
    b.start();

    List<String> raised = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              // Until both have a partition.
              EventData event = new EventData("a/b", 1);
              event.setKey("key-" + raised.size());
              raised.add(a.getEventNotifier().notify(event).getEventId());
              return !sharedA.isEmpty() && !sharedB.isEmpty();
            });
    await()
        .atMost(LIMIT)
        .until(
            () ->
                sharedA.size() + sharedB.size() >= raised.size()
                    && all.size() >= 2 * raised.size());

    List<String> shared = new ArrayList<>(sharedA);
    shared.addAll(sharedB);
    assertThat(shared).containsExactlyInAnyOrderElementsOf(raised);
    List<String> twice = new ArrayList<>(raised);
    twice.addAll(raised);
    assertThat(all).containsExactlyInAnyOrderElementsOf(twice);
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
  void namesTopicsThatAreMissingOrCreatesThem() throws Exception {
    Map<String, String> settings = buses.settings("shop");
    settings.put("topic.prefix", KafkaFixture.uniqueName("none"));

    assertThatThrownBy(() -> KafkaEventBus.open(new ServerEventsConfig(settings)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(settings.get("topic.prefix") + ".stream.foundry")
        .hasMessageContaining(settings.get("topic.prefix") + ".dead-letters")
        .hasMessageContaining("topics.create=true");

    settings.put("topics.create", "true");
    try (KafkaEventBus bus = KafkaEventBus.open(new ServerEventsConfig(settings))) {
      bus.getEventNotifier()
          .notify("a", 1)
          .completion()
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
    }
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

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
