package io.millrace.server.events.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream on a thread of its own and never waits there for a subscriber: partitions that are
 * full are paused, positions move by watermark. As a member of a group it shares the partitions and
 * commits; as a broadcast it reads all of them and remembers nothing.
 */
final class Reader implements Runnable, ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private static final Duration POLL = Duration.ofMillis(100);

  /** While something is paused, which may be free any moment. */
  private static final Duration SHORT_POLL = Duration.ofMillis(10);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final boolean group;
  private final Start start;
  private final Function<Progress, Shard> newShard;
  private final Shards shards;
  private final Set<TopicPartition> unplaced = new HashSet<>();
  private final long commitNanos;
  private final Duration drain;
  private final CountDownLatch closing = new CountDownLatch(1);
  private long lastCommit = System.nanoTime();
  private long lastLook;
  private boolean looked;

  Reader(
      Consumer<byte[], byte[]> consumer,
      ServerEventsConfig config,
      boolean group,
      Start start,
      Function<Progress, Shard> newShard) {
    this.consumer = consumer;
    this.topics = config.readTopics();
    this.group = group;
    this.start = start;
    this.newShard = newShard;
    this.shards =
        new Shards(
            config.getInt(ServerEventsConfig.MAX_PENDING),
            config.getLong(ServerEventsConfig.MAX_PENDING_BYTES));
    this.commitNanos = config.millis(ServerEventsConfig.COMMIT_INTERVAL).toNanos();
    this.drain = config.millis(ServerEventsConfig.DRAIN_TIMEOUT);
  }

  /** Asks the thread to end; it drains first. */
  void close() {
    closing.countDown();
  }

  @Override
  public void run() {
    try {
      if (group) {
        consumer.subscribe(topics, this);
      }
      while (closing.getCount() > 0) {
        stepOrRest();
      }
      drain();
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    } finally {
      shards.remove(shards.partitions());
      // Uninterruptibly: leaving the group lets others go on at once.
      boolean interrupted = Thread.interrupted();
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void stepOrRest() throws InterruptedException {
    try {
      step(consumerIsHeld() ? SHORT_POLL : POLL);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Reading of {} fails and is tried again: {}", topics, e.toString());
      boolean unused = closing.await(1, TimeUnit.SECONDS);
    }
  }

  private boolean consumerIsHeld() {
    return !consumer.paused().isEmpty();
  }

  private void step(Duration limit) {
    lookForPartitions();
    feed(consumer.poll(limit));
    place();
    hold();
    commitNowAndThen();
  }

  private void feed(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      Shard shard = shards.get(partition);
      if (shard != null) {
        List<ConsumerRecord<byte[], byte[]>> all = records.records(partition);
        all.forEach(shard::take);
        shard.progress.readTo(consumer.position(partition));
      }
    }
  }

  /** A broadcast has no group to tell it of partitions. */
  private void lookForPartitions() {
    long now = System.nanoTime();
    if (group || (looked && now - lastLook < LOOK_AGAIN_NANOS)) {
      return;
    }
    Set<TopicPartition> all =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .collect(Collectors.toSet());
    Set<TopicPartition> added = new HashSet<>(all);
    added.removeAll(consumer.assignment());
    if (!added.isEmpty()) {
      all.addAll(consumer.assignment());
      consumer.assign(all);
      onPartitionsAssigned(added);
    }
    lastLook = now;
    looked = true;
  }

  /**
   * Finds where to begin in new partitions. Not in the callback: there an error would leave the
   * partition with whatever position the consumer takes.
   */
  private void place() {
    if (unplaced.isEmpty()) {
      return;
    }
    Set<TopicPartition> fresh = new HashSet<>(unplaced);
    Map<TopicPartition, Long> begin = new HashMap<>();
    if (group) {
      consumer
          .committed(fresh)
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  begin.put(partition, offset.offset());
                  fresh.remove(partition);
                }
              });
    }
    if (!fresh.isEmpty()) {
      Map<TopicPartition, Long> found = start.offsets(consumer, fresh);
      if (group) {
        // At once: after a crash the application goes on from here, not from a later start.
        consumer.commitSync(
            found.entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, e -> new OffsetAndMetadata(e.getValue()))));
      }
      begin.putAll(found);
    }
    begin.forEach(
        (partition, offset) -> {
          consumer.seek(partition, offset);
          shards.put(partition, newShard.apply(new Progress(offset)));
        });
    consumer.resume(begin.keySet());
    unplaced.clear();
  }

  private void hold() {
    Set<TopicPartition> paused = new HashSet<>(consumer.paused());
    paused.removeAll(unplaced);
    Set<TopicPartition> full = shards.full(paused);
    Set<TopicPartition> free = new HashSet<>(paused);
    free.removeAll(full);
    full.removeAll(paused);
    consumer.pause(full);
    consumer.resume(free);
  }

  private void commitNowAndThen() {
    long now = System.nanoTime();
    if (!group || now - lastCommit < commitNanos) {
      return;
    }
    lastCommit = now;
    Map<TopicPartition, OffsetAndMetadata> offsets = shards.uncommitted(shards.partitions());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (all, failure) -> {
            if (failure != null) {
              shards.forgetCommits();
            }
          });
    }
  }

  private void drain() throws InterruptedException {
    long deadline = System.nanoTime() + drain.toNanos();
    while (!shards.areDrained() && System.nanoTime() < deadline) {
      try {
        consumer.pause(consumer.assignment());
        // Keeps the membership, so that nobody else handles what is being drained.
        feed(consumer.poll(SHORT_POLL));
      } catch (KafkaException e) {
        LOG.warn("While draining: {}", e.toString());
        break;
      }
    }
    leave(shards.partitions(), Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  private void leave(Collection<TopicPartition> partitions, Duration limit)
      throws InterruptedException {
    shards.still(partitions, limit);
    Map<TopicPartition, OffsetAndMetadata> offsets = shards.uncommitted(partitions);
    if (group && !offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets);
      } catch (KafkaException e) {
        LOG.warn("Positions could not be committed, events will come again: {}", e.toString());
      }
    }
    shards.remove(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    unplaced.addAll(partitions);
  }

  /** Whoever gets them next begins when nothing is being handled here any more. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    unplaced.removeAll(partitions);
    try {
      leave(partitions, drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    unplaced.removeAll(partitions);
    shards.remove(partitions);
  }
}
