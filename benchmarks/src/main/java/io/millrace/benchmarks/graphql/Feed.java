package io.millrace.benchmarks.graphql;

import io.millrace.model.event.EventRecords;
import io.millrace.model.mmm.EntityStatus;
import io.millrace.model.mmm.MmmEvent;
import io.millrace.model.mmm.MmmEvents;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Raises events whose entity is the time of their making, by this JVM's {@code nanoTime}. */
final class Feed implements AutoCloseable {

  private static final URI SOURCE = URI.create("/load");

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  Feed(String brokers, String topic) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "linger.ms", 2, "batch.size", 131_072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
  }

  /** Raises events at a steady rate for a while; returns how many. */
  long publish(double perSecond, int seconds) {
    long begun = System.nanoTime();
    long count = Math.round(perSecond * seconds);
    for (long i = 0; i < count; i++) {
      long due = begun + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String now = Long.toString(System.nanoTime());
      MmmEvent event =
          new MmmEvent(
              now, "load", null, EntityStatus.UPDATED, "ann", OffsetDateTime.now(ZoneOffset.UTC));
      // What is lost would be missed by those who count.
      var unused = producer.send(EventRecords.write(topic, MmmEvents.write(event, now, SOURCE)));
    }
    return count;
  }

  @Override
  public void close() {
    producer.close();
  }
}
