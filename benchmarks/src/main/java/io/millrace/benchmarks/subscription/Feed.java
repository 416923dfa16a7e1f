package io.millrace.benchmarks.subscription;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events whose id is the time of their making, by this JVM's {@code nanoTime}. */
final class Feed implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final byte[] data;
  private final int types;
  private long published;

  Feed(String brokers, String topic, int bytes, int types) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "linger.ms", 2, "batch.size", 131_072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.types = types;
    this.data = "{\"note\": \"%s\"}".formatted("x".repeat(bytes)).getBytes(StandardCharsets.UTF_8);
  }

  /** Publishes at a steady rate for a while. */
  void publish(double perSecond, int seconds) {
    long begun = System.nanoTime();
    long count = Math.round(perSecond * seconds);
    for (long i = 0; i < count; i++) {
      long due = begun + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      one();
    }
  }

  void publishAll(int count) {
    for (int i = 0; i < count; i++) {
      one();
    }
    producer.flush();
  }

  private void one() {
    var event =
        CloudEventBuilder.v1()
            .withId(Long.toString(System.nanoTime()))
            .withSource(URI.create("/load"))
            .withType("t" + published++ % types)
            .withExtension(Extensions.TOPIC_PATH, "load")
            .withData("application/json", data)
            .build();
    // What is lost would be missed by those who count.
    var unused = producer.send(EventRecords.write(topic, event));
  }

  @Override
  public void close() {
    producer.close();
  }
}
