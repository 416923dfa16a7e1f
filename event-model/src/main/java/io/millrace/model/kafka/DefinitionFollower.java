package io.millrace.model.kafka;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the compacted topic of emitter definitions from its beginning and then follows it, on one
 * daemon thread of its own. A listener that hears of a definition again must bear it: after an
 * error the reading begins anew.
 */
public final class DefinitionFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DefinitionFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long RESTART_DELAY_MS = 1_000;

  private final Map<String, Object> clientConfig;
  private final TopicPartition partition;
  private final DefinitionListener listener;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  /**
   * Does not begin before {@link #start}.
   *
   * @param clientConfig how to reach the cluster; group and deserializers are not needed
   */
  public DefinitionFollower(
      Map<String, ?> clientConfig, MillraceTopics topics, DefinitionListener listener) {
    this.clientConfig = new HashMap<>(clientConfig);
    this.clientConfig.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.clientConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.partition = new TopicPartition(topics.emitters(), 0);
    this.listener = listener;
    this.thread = new Thread(this::run, "millrace-definitions");
    this.thread.setDaemon(true);
  }

  public DefinitionFollower start() {
    thread.start();
    return this;
  }

  /** Waits until everything that stood in the log at the start was told; false on time-out. */
  public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
    return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        follow();
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("Reading emitter definitions failed, beginning anew", e);
        pause();
      }
    }
  }

  private void follow() {
    var deserializer = new ByteArrayDeserializer();
    try (var opened = new KafkaConsumer<>(clientConfig, deserializer, deserializer)) {
      consumer = opened;
      opened.assign(List.of(partition));
      opened.seekToBeginning(List.of(partition));
      long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (closing.getCount() > 0) {
        if (opened.position(partition) >= end) {
          caughtUp.countDown();
        }
        opened.poll(POLL).forEach(this::tell);
      }
    } finally {
      consumer = null;
    }
  }

  private void tell(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("A definition without an emitter id at offset {} is ignored", record.offset());
      return;
    }
    String id = new String(record.key(), StandardCharsets.UTF_8);
    try {
      listener.changed(id, record.value() == null ? null : DefinitionJson.read(id, record.value()));
    } catch (InvalidDefinitionException e) {
      LOG.warn("Emitter {} is off, its definition cannot be used: {}", id, e.getMessage());
      listener.changed(id, null);
    }
  }

  private void pause() {
    try {
      closing.await(RESTART_DELAY_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
