package io.millrace.server.events.kafka;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Buses of one test, on topics of its own; closes them. */
final class Buses implements AutoCloseable {

  final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("se"));
  final String bootstrap;
  private final List<KafkaEventBus> open = new CopyOnWriteArrayList<>();

  Buses(String bootstrap, int partitions) throws InterruptedException {
    this.bootstrap = bootstrap;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new TopicProvisioner(admin)
          .ensure(
              List.of(
                  TopicProvisioner.log(topics.stream("foundry"), partitions),
                  TopicProvisioner.log(topics.deadLetters(), 1)));
    }
  }

  Map<String, String> settings(String application) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("topic.prefix", topics.prefix());
    settings.put("application.id", application);
    settings.put("retry.backoff.ms", "5");
    settings.put("retry.backoff.max.ms", "20");
    settings.put("commit.interval.ms", "50");
    return settings;
  }

  KafkaEventBus open(String application, String... more) throws InterruptedException {
    Map<String, String> settings = settings(application);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    KafkaEventBus bus = KafkaEventBus.open(new ServerEventsConfig(settings));
    open.add(bus);
    return bus;
  }

  /** Writes a record as it is, and waits for the broker. */
  void write(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  /** All records of a topic, oldest first in each partition. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(all::add);
      }
      return all;
    }
  }

  /** Where the application would go on, over all partitions of the stream. */
  long committed(String application) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return admin
          .listConsumerGroupOffsets(topics.prefix() + "-server-events-" + application)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }

  static String id(ConsumerRecord<byte[], byte[]> record) throws Exception {
    return EventRecords.read(record.headers(), record.value()).getId();
  }

  @Override
  public void close() {
    open.forEach(KafkaEventBus::close);
  }
}
