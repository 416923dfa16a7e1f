package io.millrace.emitter.task;

import io.millrace.model.kafka.DeadLetter;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes dead letters to a Kafka topic, which it creates if it is missing. The producer may block
 * for its metadata, so it has a thread of its own; how much waits for it is bounded by what the
 * lanes have under way.
 */
final class KafkaRecordSink implements RecordSink {

  private static final int MAX_BLOCK_MS = 10_000;
  private static final int DELIVERY_TIMEOUT_MS = 30_000;
  private static final int MAX_REQUEST_BYTES = 32 * 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordSink.class);

  private final Producer<byte[], byte[]> producer;
  private final TopicMaker topicMaker;
  private final String topic;
  private final Clock clock;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "millrace-dead-letters");
            thread.setDaemon(true);
            return thread;
          });
  // Only for the executor's thread.
  private boolean topicExists;

  /** Creates the topic if it is missing. */
  @FunctionalInterface
  interface TopicMaker {
    void make(String topic) throws InterruptedException;
  }

  KafkaRecordSink(
      Producer<byte[], byte[]> producer, TopicMaker topicMaker, String topic, Clock clock) {
    this.producer = producer;
    this.topicMaker = topicMaker;
    this.topic = topic;
    this.clock = clock;
  }

  static KafkaRecordSink open(Map<String, Object> clientConfig, String topic, Clock clock) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MAX_BLOCK_MS);
    // The broker decides what is too large, and says so in a way that can be dealt with.
    config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    ByteArraySerializer serializer = new ByteArraySerializer();
    return new KafkaRecordSink(
        new KafkaProducer<>(config, serializer, serializer),
        name -> make(clientConfig, name),
        topic,
        clock);
  }

  @Override
  public CompletionStage<Void> write(String emitterId, SinkRecord record, String cause) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    try {
      ProducerRecord<byte[], byte[]> letter = letter(emitterId, record, cause);
      executor.execute(() -> send(letter, written));
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
    return written;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    producer.close(Duration.ofSeconds(5));
  }

  private ProducerRecord<byte[], byte[]> letter(String emitterId, SinkRecord record, String cause) {
    return new DeadLetter(
            "emitter/" + emitterId,
            cause,
            record.originalTopic(),
            record.originalKafkaPartition(),
            record.originalKafkaOffset(),
            clock.instant())
        .record(
            topic, RecordBytes.key(record), RecordBytes.value(record), RecordBytes.headers(record));
  }

  private void send(ProducerRecord<byte[], byte[]> letter, CompletableFuture<Void> written) {
    try {
      if (!topicExists) {
        topicMaker.make(topic);
        topicExists = true;
      }
      var unused =
          producer.send(
              letter,
              (metadata, error) -> {
                if (error == null) {
                  written.complete(null);
                } else {
                  failed(letter, error, written);
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      written.completeExceptionally(e);
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
  }

  /** A letter that is too large always will be: what fits is kept, so that the lane goes on. */
  private void failed(
      ProducerRecord<byte[], byte[]> letter, Exception error, CompletableFuture<Void> written) {
    Optional<ProducerRecord<byte[], byte[]>> smaller =
        error instanceof RecordTooLargeException ? DeadLetter.smaller(letter) : Optional.empty();
    if (smaller.isEmpty()) {
      written.completeExceptionally(error);
      return;
    }
    LOG.warn("A dead letter is too large for {} and is kept in part", topic);
    try {
      executor.execute(() -> send(smaller.get(), written));
    } catch (RejectedExecutionException e) {
      written.completeExceptionally(e);
    }
  }

  private static void make(Map<String, Object> clientConfig, String topic)
      throws InterruptedException {
    try (Admin admin = Admin.create(clientConfig)) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    } catch (KafkaException e) {
      throw new KafkaException("the dead-letter topic " + topic + " could not be made", e);
    }
  }
}
