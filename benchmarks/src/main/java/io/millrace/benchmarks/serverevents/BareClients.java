package io.millrace.benchmarks.serverevents;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The same with a producer and a consumer alone: values of the same size, the headers of a
 * CloudEvent, no JSON, no order but the partition's, and a count in place of a subscriber.
 */
final class BareClients {

  private BareClients() {}

  static double perSecond(String brokers, String topic, int events, int bytes)
      throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Thread reading = new Thread(() -> read(brokers, topic, events, done), "bare-reader");
    reading.start();
    long begin = System.nanoTime();
    write(brokers, topic, events, bytes);
    if (!done.await(300, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not all records were read");
    }
    return events / ((System.nanoTime() - begin) / 1e9);
  }

  private static void write(String brokers, String topic, int events, int bytes) {
    byte[] value = "x".repeat(bytes).getBytes(UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "acks",
                "all",
                "linger.ms",
                5,
                "batch.size",
                131_072,
                "compression.type",
                "lz4",
                "max.in.flight.requests.per.connection",
                1,
                "buffer.memory",
                64L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(topic, ("key-" + i % 1_000).getBytes(UTF_8), value);
        for (String header : List.of("specversion", "id", "source", "type", "time", "topicpath")) {
          record.headers().add("ce_" + header, ("value of " + header + " " + i).getBytes(UTF_8));
        }
        var unused = producer.send(record);
      }
    }
  }

  private static void read(String brokers, String topic, int events, CountDownLatch done) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "group.id",
                topic,
                "auto.offset.reset",
                "earliest",
                "fetch.max.bytes",
                8 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      int read = 0;
      while (read < events) {
        read += consumer.poll(Duration.ofMillis(100)).count();
      }
      done.countDown();
    }
  }
}
