package io.millrace.emitter.kafka;

import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.Optional;
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
    return pass(record, true)
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

  private CompletableFuture<Outcome> pass(
      ProducerRecord<byte[], byte[]> record, boolean mayAskAgain) {
    return gate.pass(record.topic())
        .thenCompose(
            problem ->
                problem.isPresent()
                    ? CompletableFuture.completedFuture(outcome(record, problem.get()))
                    : write(record, mayAskAgain));
  }

  private CompletableFuture<Outcome> write(
      ProducerRecord<byte[], byte[]> record, boolean mayAskAgain) {
    CompletableFuture<Optional<Exception>> sent = new CompletableFuture<>();
    try {
      var unused =
          producer.send(record, (metadata, error) -> sent.complete(Optional.ofNullable(error)));
    } catch (RuntimeException e) {
      sent.complete(Optional.of(e));
    }
    // A producer that took the record cannot have timed out already.
    boolean isForgotten = sent.isDone() && isForgotten(sent.join());
    if (isForgotten && mayAskAgain) {
      gate.forget(record.topic());
      return pass(record, false);
    }
    return sent.thenApply(
        error -> error.isEmpty() ? Outcome.DELIVERED : outcome(record, error.get()));
  }

  private static boolean isForgotten(Optional<Exception> error) {
    return error.isPresent()
        && error.get() instanceof TimeoutException
        && !(error.get() instanceof BufferExhaustedException);
  }

  private Outcome outcome(ProducerRecord<byte[], byte[]> record, Exception error) {
    if (isForgotten(Optional.of(error))) {
      // Perhaps the topic is not known any more: asked for before the next record.
      gate.forget(record.topic());
    }
    lost |= ErrorPolicy.isLasting(error);
    return ErrorPolicy.outcome(record.topic(), error);
  }
}
