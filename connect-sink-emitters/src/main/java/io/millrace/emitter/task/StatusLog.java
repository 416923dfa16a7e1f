package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.kafka.TopicFollower;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic of statuses, which is created if it is missing: followed on one thread and
 * written on another, so that whoever reports never waits. Of what is reported faster than it can
 * be written only the last of each lane is. Safe for use by several threads.
 */
final class StatusLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);
  private static final int MAX_BLOCK_MS = 10_000;
  private static final long RETRY_MS = 1_000;
  private static final long LOOK_MS = 20;

  private final Map<String, Object> clientConfig;
  private final String topic;
  private final TopicFollower follower;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, EmitterStatus> known = new ConcurrentHashMap<>();
  private final Map<String, Optional<EmitterStatus>> unwritten = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "millrace-emitter-status");
            thread.setDaemon(true);
            return thread;
          });

  private StatusLog(Map<String, Object> clientConfig, String topic) {
    this.clientConfig = clientConfig;
    this.topic = topic;
    this.follower =
        new TopicFollower(clientConfig, topic, "millrace-emitter-statuses", this::changed);
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    ByteArraySerializer serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(config, serializer, serializer);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  static StatusLog open(Map<String, Object> clientConfig, String topic) {
    StatusLog log = new StatusLog(clientConfig, topic);
    log.executor.execute(log::begin);
    return log;
  }

  /** What stands under a key, as far as it was read. */
  @Nullable EmitterStatus get(String key) {
    return known.get(key);
  }

  /** Completes when everything was read that stands in the topic now. */
  CompletionStage<Void> upToDate(Admin admin) {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .toCompletionStage()
        .thenCompose(end -> readUpTo(end.offset()));
  }

  private CompletionStage<Void> readUpTo(long end) {
    CompletableFuture<Void> read = new CompletableFuture<>();
    executor.execute(() -> await(end, read));
    return read;
  }

  /** Begins to write; null removes what stands there. */
  void write(String key, @Nullable EmitterStatus status) {
    if (unwritten.put(key, Optional.ofNullable(status)) == null) {
      executor.execute(() -> send(key));
    }
  }

  /** Waits until what was reported so far is durable, but no longer than this. */
  void flush(Duration most) {
    if (unwritten.isEmpty()) {
      return;
    }
    try {
      executor.submit(producer::flush).get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("What was last reported of emitters may not be in {}", topic, e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    follower.close();
    producer.close(Duration.ofSeconds(2));
  }

  private void begin() {
    try (Admin admin = Admin.create(clientConfig)) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.compacted(topic)));
      follower.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warn("The topic {} could not be made, trying again", topic, e);
      later(this::begin, RETRY_MS);
    }
  }

  private void changed(String key, byte @Nullable [] value) {
    Optional<EmitterStatus> status = value == null ? Optional.empty() : StatusJson.read(value);
    status.ifPresentOrElse(present -> known.put(key, present), () -> known.remove(key));
  }

  private void await(long end, CompletableFuture<Void> read) {
    if (follower.position() >= end) {
      read.complete(null);
    } else {
      later(() -> await(end, read), LOOK_MS);
    }
  }

  private void send(String key) {
    Optional<EmitterStatus> status = unwritten.get(key);
    if (status == null) {
      return;
    }
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  0,
                  key.getBytes(StandardCharsets.UTF_8),
                  status.map(StatusJson::write).orElse(null)),
              (metadata, error) -> sent(key, status, error));
    } catch (RuntimeException e) {
      sent(key, status, e);
    }
  }

  private void sent(String key, Optional<EmitterStatus> status, @Nullable Exception error) {
    if (error != null) {
      LOG.warn("The status of {} could not be written, trying again", key, error);
      later(() -> send(key), RETRY_MS);
    } else if (!unwritten.remove(key, status)) {
      later(() -> send(key), 0); // Another came meanwhile.
    }
  }

  private void later(Runnable task, long delayMs) {
    if (!executor.isShutdown()) {
      var unused = executor.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }
  }
}
