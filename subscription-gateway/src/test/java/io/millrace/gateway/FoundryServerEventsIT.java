package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import io.millrace.server.events.kafka.KafkaEventBus;
import io.millrace.server.events.kafka.ServerEventsConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The gateway and an application with the library for Java code see each other's events. */
class FoundryServerEventsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatIsPublishedHereIsHandledThereAndLooksTheSame() throws Exception {
    String brokers = KafkaFixture.shared().bootstrapServers();
    String prefix = KafkaFixture.uniqueName("server-events");
    List<EventData> handled = new CopyOnWriteArrayList<>();
    try (RunningGateway gateway =
            new RunningGateway(brokers, prefix, Map.of("stream.foundry.topics", "transaction"));
        KafkaEventBus bus =
            KafkaEventBus.open(
                new ServerEventsConfig(
                    Map.of(
                        "bootstrap.servers", brokers,
                        "topic.prefix", prefix,
                        "application.id", "bank")))) {
      bus.getEventManager().subscribe("transaction", handled::add);
      bus.start();

      gateway.send(
          gateway.post(
              "/services/ServerEvents",
              """
              {"events":[{"topic":"/transaction/deposit","data":"988",
                          "additionalMetadata":{"amount":"5678"}}]}
              """));
      await().atMost(LIMIT).until(() -> handled.size() == 1);
      EventData first = handled.get(0);
      assertThat(first.getTopic()).isEqualTo("/transaction/deposit");
      assertThat(first.getData()).isEqualTo("988");
      assertThat(first.getAdditionalMetadata()).isEqualTo(Map.of("amount", "5678"));
      assertThat(first.getProducer()).isEqualTo("/services/ServerEvents");
      assertThat(first.getUserProfile()).isEqualTo(Map.of("user", "admin"));

      EventData second = new EventData("/transaction/deposit", "988");
      second.addAdditionalMetadata("amount", "5678");
      bus.getEventNotifier()
          .notify(second)
          .completion()
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);

      List<CloudEvent> stored = gateway.stream("foundry");
      assertThat(stored).hasSize(2);
      assertThat(shape(stored.get(1))).isEqualTo(shape(stored.get(0)));
    }
  }

  /** Without what is each event's own, and who raised it. */
  private static Map<String, Object> shape(CloudEvent event) {
    Map<String, Object> shape =
        event.getAttributeNames().stream()
            .filter(name -> !Set.of("id", "time", "source").contains(name))
            .collect(Collectors.toMap(name -> name, event::getAttribute));
    event.getExtensionNames().stream()
        .filter(name -> !Set.of("user", "ip", "app", "tenantid").contains(name))
        .forEach(name -> shape.put(name, event.getExtension(name)));
    shape.put("data", new String(event.getData().toBytes(), StandardCharsets.UTF_8));
    return shape;
  }
}
