package io.millrace.emitter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.emitter.Events;
import io.millrace.emitter.Receiver;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.TopicProvisioner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicate and transformation of the packaged zip, in a real worker on a real broker. */
class FeelFilterIT {

  @TempDir private static Path plugins;
  private static ConnectFixture connect;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
    KafkaFixture kafka = KafkaFixture.shared();
    admin = kafka.admin();
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes);
    connect = ConnectFixture.start(kafka.bootstrapServers(), plugins);
  }

  @AfterAll
  static void stop() {
    connect.close();
    producer.close();
    admin.close();
  }

  @Test
  void theSampleKeepsWhatBothExpressionsWant() throws Exception {
    String topic = KafkaFixture.uniqueName("filtered");
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    String name = KafkaFixture.uniqueName("filter");
    try (Receiver receiver = new Receiver(200)) {
      Map<String, String> config = sample();
      // To where the test can see them; the transformations are the sample's.
      config.put("connector.class", WebhookEmitterConnector.class.getName());
      config.remove("output");
      config.put("url", receiver.url());
      config.put("topics", topic);
      config.put("consumer.override.auto.offset.reset", "earliest");
      connect.put(name, config);
      connect.awaitRunning(name);

      send(topic, order("cheap", "/shop", "{\"amount\": 100}"));
      send(topic, order("dear", "/shop", "{\"amount\": 101}"));
      send(topic, order("trial", "/trials/1", "{\"amount\": 102}"));
      send(topic, order("broken", "/shop", "nonsense"));
      producer.send(new ProducerRecord<>(topic, "no event".getBytes(StandardCharsets.UTF_8))).get();
      send(topic, order("last", "/shop", "{\"amount\": 103}"));

      await("delivered")
          .atMost(Duration.ofSeconds(60))
          .until(() -> receiver.ids().contains("last"));
      assertThat(receiver.ids()).containsExactlyInAnyOrder("dear", "last");
    } finally {
      connect.delete(name);
    }
  }

  @Test
  void theWorkerRefusesABadExpressionWithItsPlace() throws Exception {
    for (String key : List.of("transforms.large.expression", "predicates.isReal.expression")) {
      Map<String, String> config = sample();
      config.put(key, "true and wrong(1)");
      assertThatThrownBy(() -> connect.put(KafkaFixture.uniqueName("bad"), config))
          .hasStackTraceContaining("answered 400")
          .hasStackTraceContaining("line 1, column 10");
    }
  }

  private static Map<String, String> sample() throws Exception {
    Map<String, String> config = new HashMap<>();
    new ObjectMapper()
        .readTree(Path.of("../connectors/filter.json").toFile())
        .get("config")
        .properties()
        .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    return config;
  }

  private static void send(String topic, CloudEvent event) throws Exception {
    producer.send(EventRecords.write(topic, event)).get();
  }

  private static CloudEvent order(String id, String source, String json) {
    return Events.builder(id)
        .withSource(URI.create(source))
        .withData("application/json", json.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
