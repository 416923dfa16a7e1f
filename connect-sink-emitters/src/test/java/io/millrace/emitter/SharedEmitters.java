package io.millrace.emitter;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicFollower;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkConnector;
import org.jspecify.annotations.Nullable;

/** Webhook emitters under a prefix of their own: definitions, events and statuses. */
final class SharedEmitters implements AutoCloseable {

  private static final String CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

  final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("shared"));
  private final String bootstrap;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TopicFollower follower;
  private final Map<String, EmitterStatus> statuses = new ConcurrentHashMap<>();

  SharedEmitters(String bootstrap) throws Exception {
    this.bootstrap = bootstrap;
    Map<String, Object> clients = Map.of("bootstrap.servers", bootstrap);
    admin = Admin.create(clients);
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(clients, bytes, bytes);
    ensure(TopicProvisioner.compacted(topics.emitters()));
    ensure(TopicProvisioner.compacted(topics.emitterStatus()));
    follower = new TopicFollower(clients, topics.emitterStatus(), "statuses", this::changed);
    follower.start();
  }

  @Override
  public void close() {
    follower.close();
    producer.close();
    admin.close();
  }

  /** The configuration of a connector for all of them, with short waits. */
  Map<String, String> connector(Class<? extends SinkConnector> type) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", type.getName());
    config.put("tasks.max", "1");
    config.put("key.converter", CONVERTER);
    config.put("value.converter", CONVERTER);
    config.put("header.converter", CONVERTER);
    config.put("retry.backoff.ms", "100");
    config.put(
        "topics.regex", topics.emitterPrefix(EmitterType.WEBHOOK).replace(".", "\\.") + ".*");
    config.put("emitter.definitions", "topic");
    config.put("bootstrap.servers", bootstrap);
    config.put("topic.prefix", topics.prefix());
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("consumer.override.metadata.max.age.ms", "1000");
    config.put(
        "consumer.override.partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return config;
  }

  void define(String id, Map<String, ?> parameters) throws Exception {
    define(id, parameters, Activation.INITIAL);
  }

  void define(String id, Map<String, ?> parameters, Activation activation) throws Exception {
    ensure(TopicProvisioner.log(topics.emitter(EmitterType.WEBHOOK, id), 1));
    EmitterDefinition definition =
        new EmitterDefinition(
            id,
            EventFilter.EVERYTHING,
            null,
            null,
            activation,
            Events.parameters(EmitterType.WEBHOOK, parameters));
    producer
        .send(
            new ProducerRecord<>(
                topics.emitters(),
                id.getBytes(StandardCharsets.UTF_8),
                DefinitionJson.write(definition)))
        .get();
  }

  void produce(String id, CloudEvent event) throws Exception {
    producer.send(EventRecords.write(topics.emitter(EmitterType.WEBHOOK, id), event)).get();
  }

  /** What was last reported under a key. */
  @Nullable EmitterStatus status(String key) {
    return statuses.get(key);
  }

  private void ensure(NewTopic topic) throws InterruptedException {
    new TopicProvisioner(admin).ensure(List.of(topic));
  }

  private void changed(String key, byte @Nullable [] value) {
    if (value == null) {
      statuses.remove(key);
    } else {
      statuses.put(key, StatusJson.read(value).orElseThrow());
    }
  }
}
