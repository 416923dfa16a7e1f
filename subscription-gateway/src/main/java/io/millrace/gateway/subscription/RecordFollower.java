package io.millrace.gateway.subscription;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of subscriptions from its beginning and then follows it, on one thread of its
 * own. After an error it goes on where it was.
 */
final class RecordFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 5_000;

  private final Map<String, Object> settings;
  private final TopicPartition partition;
  private final Registry registry;
  private final Milestones milestones = new Milestones();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "millrace-subscriptions");
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  RecordFollower(Map<String, ?> clients, TopicPartition partition, Registry registry) {
    this.settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-gateway-subscriptions");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    this.partition = partition;
    this.registry = registry;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Completes, on the follower's thread, when the log was read as far as it went at the start. */
  CompletableFuture<Void> complete() {
    return complete;
  }

  /** Completes, on the follower's thread, when everything before this offset was taken in. */
  CompletableFuture<Void> reached(long offset) {
    return complete.thenCompose(nothing -> milestones.reached(offset));
  }

  private void run() {
    while (closing.getCount() > 0) {
      var bytes = new ByteArrayDeserializer();
      try (var opened = new KafkaConsumer<>(settings, bytes, bytes)) {
        consumer = opened;
        follow(opened);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (RuntimeException e) {
        // Whatever it was: without this thread no subscription would ever be heard of again.
        LOG.warn("Reading subscriptions failed, trying again", e);
        pause();
      }
    }
  }

  private void follow(KafkaConsumer<byte[], byte[]> opened) {
    opened.assign(List.of(partition));
    if (milestones.position() < 0) {
      opened.seekToBeginning(List.of(partition));
    } else {
      opened.seek(partition, milestones.position());
    }
    long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (closing.getCount() > 0) {
      opened.poll(POLL).forEach(registry::apply);
      long position = opened.position(partition);
      if (position >= end && !complete.isDone()) {
        registry.complete();
        complete.complete(null);
      }
      milestones.advance(position);
    }
  }

  private void pause() {
    try {
      closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
