package io.millrace.model.kafka;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the compacted topic of emitter definitions from its beginning and then follows it, on one
 * daemon thread of its own. What stood in the log before is told once, as it stands at the end, and
 * never as it once was. After an error the reading begins anew and what changed meanwhile is told,
 * removals too.
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
  // What the listener knows, by emitter id; touched by the follower's thread only.
  private final Map<String, byte[]> told = new HashMap<>();
  private volatile long position;
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
    this.clientConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
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

  /** Everything in the log before this offset was told; to be compared with the log's end. */
  public long position() {
    return position;
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
      } catch (RuntimeException e) {
        // Whatever it was: without this thread no definition would ever be heard of again.
        LOG.warn("Reading emitter definitions failed, beginning anew", e);
        pause();
      }
    }
  }

  private void follow() {
    var deserializer = new ByteArrayDeserializer();
    try (var opened = new KafkaConsumer<>(clientConfig, deserializer, deserializer)) {
      consumer = opened;
      if (closing.getCount() == 0) {
        return; // Closed before there was anything to wake up.
      }
      opened.assign(List.of(partition));
      opened.seekToBeginning(List.of(partition));
      tellAll(readToEnd(opened));
      while (closing.getCount() > 0) {
        position = opened.position(partition);
        caughtUp.countDown();
        opened.poll(POLL).forEach(record -> id(record).ifPresent(id -> tell(id, record.value())));
      }
    } finally {
      consumer = null;
    }
  }

  private Map<String, byte[]> readToEnd(Consumer<byte[], byte[]> opened) {
    Map<String, byte[]> newest = new LinkedHashMap<>();
    long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (opened.position(partition) < end && closing.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
        id(record)
            .ifPresent(
                id -> {
                  if (record.value() == null) {
                    newest.remove(id);
                  } else {
                    newest.put(id, record.value());
                  }
                });
      }
    }
    return newest;
  }

  private void tellAll(Map<String, byte[]> newest) {
    if (closing.getCount() == 0) {
      return; // Perhaps not read to the end: what is missing need not be gone.
    }
    List<String> gone = told.keySet().stream().filter(id -> !newest.containsKey(id)).toList();
    gone.forEach(id -> tell(id, null));
    newest.forEach(this::tell);
  }

  private static Optional<String> id(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("A definition without an emitter id at offset {} is ignored", record.offset());
      return Optional.empty();
    }
    return Optional.of(new String(record.key(), StandardCharsets.UTF_8));
  }

  private void tell(String id, byte @Nullable [] value) {
    byte[] before = value == null ? told.remove(id) : told.put(id, value);
    if (Arrays.equals(before, value)) {
      return;
    }
    try {
      if (value == null) {
        listener.changed(id, null);
      } else {
        tellDefinition(id, value);
      }
    } catch (RuntimeException e) {
      LOG.error("A change of emitter {} could not be taken in", id, e);
    }
  }

  private void tellDefinition(String id, byte[] value) {
    EmitterDefinition definition;
    try {
      definition = DefinitionJson.read(id, value);
    } catch (InvalidDefinitionException e) {
      LOG.warn("Emitter {} is off, its definition cannot be used: {}", id, e.getMessage());
      listener.unreadable(id);
      return;
    }
    listener.changed(id, definition);
  }

  private void pause() {
    try {
      closing.await(RESTART_DELAY_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
