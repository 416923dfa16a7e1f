package io.millrace.server.events.kafka;

import io.millrace.model.kafka.DeadLetter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Puts records away that nobody could handle. Safe for use by several threads. */
final class DeadLetterBox {

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final Executor smaller;

  /**
   * Over a producer that others use too.
   *
   * @param smaller where a letter is sent again that was too large, since the producer's own thread
   *     must not
   */
  DeadLetterBox(Producer<byte[], byte[]> producer, String topic, Executor smaller) {
    this.producer = producer;
    this.topic = topic;
    this.smaller = smaller;
  }

  /** Completes when the letter is durable; one that is too large is kept without its value. */
  CompletionStage<Void> put(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    send(letter.record(topic, record.key(), record.value(), record.headers()), done);
    return done;
  }

  private void send(ProducerRecord<byte[], byte[]> letter, CompletableFuture<Void> done) {
    try {
      var unused = producer.send(letter, (metadata, failure) -> sent(letter, failure, done));
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private void sent(
      ProducerRecord<byte[], byte[]> letter,
      @Nullable Exception failure,
      CompletableFuture<Void> done) {
    if (failure == null) {
      done.complete(null);
      return;
    }
    Optional<ProducerRecord<byte[], byte[]>> less =
        failure instanceof RecordTooLargeException ? DeadLetter.smaller(letter) : Optional.empty();
    if (less.isPresent()) {
      smaller.execute(() -> send(less.get(), done));
    } else {
      done.completeExceptionally(failure);
    }
  }
}
