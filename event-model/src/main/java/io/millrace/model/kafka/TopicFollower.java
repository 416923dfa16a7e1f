package io.millrace.model.kafka;

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
 * Reads a compacted topic of one partition from its beginning and then follows it, on one daemon
 * thread of its own. What stood in the log before is told once, as it stands at the end, and never
 * as it once was. After an error the reading begins anew and what changed meanwhile is told,
 * removals too.
 */
public final class TopicFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long RESTART_DELAY_MS = 1_000;

  private final Map<String, Object> clientConfig;
  private final TopicPartition partition;
  private final RecordListener listener;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  // What the listener knows, by key; touched by the follower's thread only.
  private final Map<String, byte[]> told = new HashMap<>();
  private final Object moved = new Object();
  private volatile long position;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  /**
   * Does not begin before {@link #start}.
   *
   * @param clientConfig how to reach the cluster; group and deserializers are not needed
   * @param topic its keys are text
   * @param threadName of the follower's thread
   */
  public TopicFollower(
      Map<String, ?> clientConfig, String topic, String threadName, RecordListener listener) {
    this.clientConfig = new HashMap<>(clientConfig);
    this.clientConfig.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.clientConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.clientConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.partition = new TopicPartition(topic, 0);
    this.listener = listener;
    this.thread = new Thread(this::run, threadName);
    this.thread.setDaemon(true);
  }

  public TopicFollower start() {
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

  /** Waits until everything before this offset was told; false on time-out. */
  public boolean awaitPosition(long offset, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (moved) {
      while (position < offset) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(moved, left);
      }
      return true;
    }
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
        // Whatever it was: without this thread no change would ever be heard of again.
        LOG.warn("Reading {} failed, beginning anew", partition.topic(), e);
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
        moveTo(opened.position(partition));
        caughtUp.countDown();
        opened
            .poll(POLL)
            .forEach(record -> key(record).ifPresent(key -> tell(key, record.value())));
      }
    } finally {
      consumer = null;
    }
  }

  private void moveTo(long now) {
    synchronized (moved) {
      position = now;
      moved.notifyAll();
    }
  }

  private Map<String, byte[]> readToEnd(Consumer<byte[], byte[]> opened) {
    Map<String, byte[]> newest = new LinkedHashMap<>();
    long end = opened.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (opened.position(partition) < end && closing.getCount() > 0) {
      for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
        key(record)
            .ifPresent(
                key -> {
                  if (record.value() == null) {
                    newest.remove(key);
                  } else {
                    newest.put(key, record.value());
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
    List<String> gone = told.keySet().stream().filter(key -> !newest.containsKey(key)).toList();
    gone.forEach(key -> tell(key, null));
    newest.forEach(this::tell);
  }

  private Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      LOG.warn("A record without a key at {}, offset {} is ignored", partition, record.offset());
      return Optional.empty();
    }
    return Optional.of(new String(record.key(), StandardCharsets.UTF_8));
  }

  private void tell(String key, byte @Nullable [] value) {
    byte[] before = value == null ? told.remove(key) : told.put(key, value);
    if (Arrays.equals(before, value)) {
      return;
    }
    try {
      listener.changed(key, value);
    } catch (RuntimeException e) {
      LOG.error("A change of {} in {} could not be taken in", key, partition.topic(), e);
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
