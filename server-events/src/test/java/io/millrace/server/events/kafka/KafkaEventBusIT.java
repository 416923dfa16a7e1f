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
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.Notification;
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
  void bringsNothingMoreToWhoHasUnsubscribedThoughItWasTaken() throws Exception {
    KafkaEventBus bus = buses.open("shop", "handle.threads", "1");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    EventSubscriber leaving =
        event -> {
          got.add(event);
          begun.countDown();
          awaitGate(gate);
        };
    AtomicInteger stays = new AtomicInteger();
    bus.getEventManager().subscribe("a", leaving);
    bus.getEventManager().subscribe("a", event -> stays.incrementAndGet());
    bus.start();
    for (int i = 0; i < 20; i++) {
      bus.getEventNotifier().notify("a", i);
    }
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

    bus.getEventManager().unsubscribe("a", leaving);
    gate.countDown();

    await().atMost(LIMIT).until(() -> stays.get() == 20);
    assertThat(got).hasSize(1);
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysThatNoBrokerAnswers() {
    Map<String, String> settings = buses.settings("shop");
    settings.put("bootstrap.servers", "127.0.0.1:1"); // Nobody listens there.
    settings.put("kafka.default.api.timeout.ms", "500");
    settings.put("kafka.request.timeout.ms", "500");

    assertThatThrownBy(() -> KafkaEventBus.open(new ServerEventsConfig(settings)))
        .isInstanceOf(KafkaException.class)
        .hasMessage("no broker of bootstrap.servers answered in time");
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
}
