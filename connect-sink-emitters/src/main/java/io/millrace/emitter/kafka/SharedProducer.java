package io.millrace.emitter.kafka;

import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * One cluster's producer, for all emitters that write to it with the same identity. Never blocks.
 * Safe for use by several threads.
 */
final class SharedProducer {

  private final Producer<byte[], byte[]> producer;
  private final LongSupplier nanos;
  private final TopicGate gate;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile long lastUsed;
  private volatile boolean lost;

  /**
   * Over a producer whose {@code max.block.ms} is 0.
   *
   * @param patience how long a topic's metadata is waited for
   */
  SharedProducer(
      Producer<byte[], byte[]> producer,
      ScheduledExecutorService scheduler,
      LongSupplier nanos,
      Duration patience) {
    this.producer = producer;
    this.nanos = nanos;
    this.gate = new TopicGate(producer, scheduler, nanos, patience);
    this.lastUsed = nanos.getAsLong();
  }

  /** Completes when the cluster has the record, or with what became of it. */
  CompletableFuture<Outcome> send(ProducerRecord<byte[], byte[]> record) {
    underWay.incrementAndGet();
    lastUsed = nanos.getAsLong();
    return gate.pass(record.topic())
        .thenCompose(problem -> problem.isPresent() ? failed(record, problem.get()) : write(record))
        .whenComplete(
            (outcome, error) -> {
              lastUsed = nanos.getAsLong();
              underWay.decrementAndGet();
            });
  }

  /** Whether it will never send again, so that another one is needed. */
  boolean isLost() {
    return lost;
  }

  /** Whether nothing was sent for so long. */
  boolean isIdle(Duration time) {
    return underWay.get() == 0 && nanos.getAsLong() - lastUsed >= time.toNanos();
  }

  /** Gives up what is under way: whoever has the lane next sends it again. */
  void close() {
    producer.close(Duration.ZERO);
  }

  private CompletableFuture<Outcome> write(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Outcome> sent = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, error) -> {
                if (error == null) {
                  sent.complete(Outcome.DELIVERED);
                } else {
                  sent.complete(outcome(record, error));
                }
              });
    } catch (RuntimeException e) {
      sent.complete(outcome(record, e));
    }
    return sent;
  }

  private CompletableFuture<Outcome> failed(
      ProducerRecord<byte[], byte[]> record, Exception error) {
    return CompletableFuture.completedFuture(outcome(record, error));
  }

  private Outcome outcome(ProducerRecord<byte[], byte[]> record, Exception error) {
    if (error instanceof TimeoutException && !(error instanceof BufferExhaustedException)) {
      // Perhaps the topic is not known any more: asked for before the next record.
      gate.forget(record.topic());
    }
    lost |= ErrorPolicy.isLasting(error);
    return ErrorPolicy.outcome(record.topic(), error);
  }
}
