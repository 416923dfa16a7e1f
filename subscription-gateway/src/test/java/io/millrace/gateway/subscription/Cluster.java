package io.millrace.gateway.subscription;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A stream on a broker, and gateways' subscriptions on it. */
final class Cluster implements AutoCloseable {

  static final String STREAM = "mmm";
  static final Pace PACE = new Pace(10, Duration.ZERO, 100);

  final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("subs"));
  private final String brokers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Subscriptions> nodes = new ArrayList<>();

  Cluster(String brokers) throws InterruptedException {
    this.brokers = brokers;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "linger.ms", 5, "batch.size", 131_072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    create(STREAM, 1);
  }

  void create(String stream, int partitions) throws InterruptedException {
    try (Admin admin = admin()) {
      new TopicProvisioner(admin)
          .ensure(List.of(TopicProvisioner.log(topics.stream(stream), partitions)));
    }
  }

  /** Those of {@link #node(Tenants)}. */
  final RulesInForce rules = new RulesInForce(AccessRules.OPEN);

  Subscriptions node() throws InterruptedException {
    return node(Duration.ofDays(30));
  }

  Subscriptions node(Duration retention) throws InterruptedException {
    var config = new SubscriptionConfig(retention, 2, 2, 1 << 20, 8 << 20);
    Subscriptions node = Subscriptions.start(config, Map.of("bootstrap.servers", brokers), topics);
    nodes.add(node);
    return node;
  }

  /** Publishes events of types {@code t0 … t9}, in turn; returns when the broker has them. */
  void publish(int count) {
    for (int i = 0; i < count; i++) {
      var event =
          CloudEventBuilder.v1()
              .withId("e" + i)
              .withSource(URI.create("/test"))
              .withType("t" + i % 10)
              .withExtension(Extensions.TOPIC_PATH, "mmm")
              .withData("application/json", ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8))
              .build();
      var unused = producer.send(EventRecords.write(topics.stream(STREAM), event));
    }
    producer.flush();
  }

  /** A gateway that knows who is below whom. */
  Subscriptions node(Tenants tenants) throws InterruptedException {
    var config = new SubscriptionConfig(Duration.ofDays(30), 2, 2, 1 << 20, 8 << 20);
    Subscriptions node =
        Subscriptions.start(config, Map.of("bootstrap.servers", brokers), topics, tenants, rules);
    nodes.add(node);
    return node;
  }

  /** Returns when the broker has it. */
  void publish(CloudEvent event) {
    var unused = producer.send(EventRecords.write(topics.stream(STREAM), event));
    producer.flush();
  }

  /** Publishes something that is no event. */
  void publishNonsense() {
    var record =
        new ProducerRecord<byte[], byte[]>(
            topics.stream(STREAM), "nonsense".getBytes(StandardCharsets.UTF_8));
    var unused = producer.send(record);
    producer.flush();
  }

  /** Lets retention take all events up to an id. */
  void discardUpTo(long id) throws Exception {
    try (Admin admin = admin()) {
      var unused =
          admin
              .deleteRecords(
                  Map.of(
                      new TopicPartition(topics.stream(STREAM), 0),
                      RecordsToDelete.beforeOffset(id)))
              .all()
              .get();
    }
  }

  static SubscriptionDefinition all() {
    return new SubscriptionDefinition(STREAM, EventFilter.EVERYTHING, "ann");
  }

  static SubscriptionDefinition ofType(String type) {
    return new SubscriptionDefinition(
        STREAM, new EventFilter(List.of(), Set.of(type), null), "ann");
  }

  static SubscriptionDefinition where(String expression) {
    return new SubscriptionDefinition(
        STREAM, new EventFilter(List.of(), Set.of(), expression), "ann");
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", brokers));
  }

  @Override
  public void close() {
    nodes.forEach(Subscriptions::close);
    producer.close();
  }
}
