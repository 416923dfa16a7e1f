package io.millrace.emitter;

import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkConnector;
import org.awaitility.core.ConditionFactory;

/** A real Connect worker with the packaged zip, and the broker that it works for. */
final class EmitterWorker implements AutoCloseable {

  private static final String CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

  final String bootstrap;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ConnectFixture connect;

  /** Starts the worker with the packaged plug-in, unpacked into that folder. */
  EmitterWorker(Path plugins) throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
    KafkaFixture kafka = KafkaFixture.shared();
    bootstrap = kafka.bootstrapServers();
    admin = kafka.admin();
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes);
    connect = ConnectFixture.start(bootstrap, plugins);
  }

  @Override
  public void close() {
    connect.close();
    producer.close();
    admin.close();
  }

  /** A connector that is removed at the end of its test. */
  record Started(String name, ConnectFixture connect) implements AutoCloseable {
    @Override
    public void close() {
      connect.delete(name);
    }
  }

  Map<String, String> base(Class<? extends SinkConnector> type) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", type.getName());
    config.put("tasks.max", "1");
    config.put("key.converter", CONVERTER);
    config.put("value.converter", CONVERTER);
    config.put("header.converter", CONVERTER);
    config.put("retry.backoff.ms", "100");
    config.put("retry.backoff.max.ms", "500");
    config.put("max.consecutive.failures", "0");
    config.put("consumer.override.auto.offset.reset", "earliest");
    return config;
  }

  Started put(String name, Map<String, String> config) {
    connect.put(name, config);
    connect.awaitRunning(name);
    return new Started(name, connect);
  }

  String topic() throws Exception {
    String topic = KafkaFixture.uniqueName("events");
    provision(TopicProvisioner.log(topic, 1));
    return topic;
  }

  void provision(NewTopic topic) throws InterruptedException {
    new TopicProvisioner(admin).ensure(List.of(topic));
  }

  void produce(String topic, CloudEvent event) {
    try {
      producer.send(EventRecords.write(topic, event)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  static CloudEvent event(int id, String subject) {
    return Events.builder(Integer.toString(id))
        .withSubject(subject)
        .withData("application/json", "{}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  long committed(String connector, String topic) throws Exception {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets("connect-" + connector)
            .partitionsToOffsetAndMetadata()
            .get()
            .get(new TopicPartition(topic, 0));
    return offset == null ? 0 : offset.offset();
  }

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            bytes,
            bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      eventually("records in " + topic)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Arrays.stream(record.headers().toArray())
        .filter(header -> header.key().equals(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }
}
