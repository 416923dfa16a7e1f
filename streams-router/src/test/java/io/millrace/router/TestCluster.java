package io.millrace.router;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.TopicPath;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.SecurityFollower;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityJson;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** One Millrace's topics on a real broker, as publishers, emitters and administrators see them. */
final class TestCluster implements AutoCloseable {

  final MillraceTopics topics;
  final Admin admin;
  private final String bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  TestCluster(String bootstrapServers, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.topics = new MillraceTopics(prefix);
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  RouterConfig config(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("topic.prefix", topics.prefix());
    return new RouterConfig(settings);
  }

  void createStream(String name) throws Exception {
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topics.stream(name), 1)));
  }

  void delete(String topic) throws Exception {
    admin.deleteTopics(Set.of(topic)).all().get();
  }

  /** A console emitter with these further properties, as JSON without braces. */
  void define(String id, String body) throws Exception {
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.compacted(topics.emitters())));
    write(topics.emitters(), id, DefinitionJson.write(TestLanes.definition(id, body)));
  }

  /** What is at a topic is for those of one role. */
  void rules(String topic, String role) throws Exception {
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.compacted(topics.security())));
    TopicRule rule = new TopicRule(TopicPath.parse(topic), Permission.ofRoles(role), null);
    byte[] rules = SecurityJson.write(new SecurityRules(List.of(rule)));
    write(topics.security(), SecurityFollower.RULES, rules);
  }

  void roles(String user, String role) throws Exception {
    byte[] roles = SecurityJson.write(new OwnerRoles(Set.of(role), null));
    write(topics.security(), SecurityFollower.key(user), roles);
  }

  void remove(String id) throws Exception {
    write(topics.emitters(), id, null);
  }

  void publish(String stream, String eventId, String topicPath) throws Exception {
    producer
        .send(EventRecords.write(topics.stream(stream), TestLanes.event(eventId, topicPath)))
        .get();
  }

  void write(String topic, @Nullable String key, byte @Nullable [] value) throws Exception {
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, bytes, value)).get();
  }

  String emitterTopic(String id) {
    return topics.emitterPrefix() + "console." + id;
  }

  /** Ids of the events that were routed to an emitter, in order; none if its topic is missing. */
  List<String> routed(String emitterId) throws Exception {
    List<String> ids = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(emitterTopic(emitterId))) {
      ids.add(EventRecords.read(record.headers(), record.value()).getId());
    }
    return ids;
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    if (!admin.listTopics().names().get().contains(topic)) {
      return records;
    }
    TopicPartition partition = new TopicPartition(topic, 0);
    var deserializer = new ByteArrayDeserializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer = new KafkaConsumer<>(settings, deserializer, deserializer)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
