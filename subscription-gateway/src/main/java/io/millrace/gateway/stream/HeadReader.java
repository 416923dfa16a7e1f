package io.millrace.gateway.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream from the end that it has at the start, on one thread of its own, for all who
 * follow it. A listener that is behind the others, since it has failed, gets what it lacks again.
 */
final class HeadReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeadReader.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 5_000;
  private static final long LOOK_FOR_MORE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String stream;
  private final TopicPartition first;
  private final Supplier<LogReader> readers;
  private final List<HeadListener> ofFirst = new CopyOnWriteArrayList<>();
  private final List<Following> ofAll = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean started;
  private Set<Integer> partitions = Set.of();
  // Those that were made while the stream was followed: they are read from their beginning.
  private final Set<Integer> late = new HashSet<>();
  private long looked;
  private volatile @Nullable LogReader reader;

  HeadReader(String stream, TopicPartition first, Supplier<LogReader> readers) {
    this.stream = stream;
    this.first = first;
    this.readers = readers;
    this.thread = new Thread(this::run, "millrace-stream-" + stream);
    thread.setDaemon(true);
  }

  /** A follower and the listeners it has given; used by the reading thread. */
  private record Following(HeadFollower follower, Map<Integer, HeadListener> listeners) {

    HeadListener of(TopicPartition partition) {
      return listeners.computeIfAbsent(
          partition.partition(), number -> follower.partition(partition));
    }
  }

  void add(HeadListener listener) {
    ofFirst.add(listener);
    startOrWake();
  }

  void add(HeadFollower follower) {
    ofAll.add(new Following(follower, new HashMap<>()));
    startOrWake();
  }

  private synchronized void startOrWake() {
    LogReader current = reader;
    if (!started) {
      started = true;
      thread.start();
    } else if (current != null) {
      current.wake();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (LogReader opened = readers.get()) {
        reader = opened;
        while (closing.getCount() > 0) {
          attempt(opened);
        }
      } catch (InterruptException e) {
        return;
      } catch (WakeupException e) {
        LOG.debug("The reader of stream {} was woken while it closed", stream);
      } catch (KafkaException e) {
        LOG.warn("Stream {} could not be read, trying again: {}", stream, e.toString());
        pause();
      } catch (RuntimeException e) {
        // Whatever it was: without this thread nobody would hear of an event of this stream again.
        LOG.error("Following stream {} failed, trying again", stream, e);
        pause();
      }
    }
  }

  private void attempt(LogReader opened) {
    try {
      follow(opened, listeners(opened));
    } catch (WakeupException e) {
      LOG.debug("Stream {} has one more follower, or none any more", stream);
    }
  }

  /** Who hears of what; all of them have begun. */
  private Map<TopicPartition, List<HeadListener>> listeners(LogReader opened) {
    Map<TopicPartition, List<HeadListener>> all = new HashMap<>();
    if (!ofFirst.isEmpty()) {
      all.put(first, new ArrayList<>(ofFirst));
    }
    if (!ofAll.isEmpty()) {
      for (int number : partitions(opened)) {
        TopicPartition partition = new TopicPartition(first.topic(), number);
        List<HeadListener> some = all.computeIfAbsent(partition, key -> new ArrayList<>());
        ofAll.forEach(following -> some.add(following.of(partition)));
      }
    }
    all.forEach((partition, some) -> begin(opened, partition, some));
    return all;
  }

  private Set<Integer> partitions(LogReader opened) {
    long now = System.nanoTime();
    if (partitions.isEmpty() || now - looked > LOOK_FOR_MORE_NANOS) {
      looked = now;
      Set<Integer> known = partitions;
      partitions = new TreeSet<>(opened.partitions(first.topic()));
      if (!known.isEmpty()) {
        partitions.stream().filter(number -> !known.contains(number)).forEach(late::add);
      }
      if (partitions.isEmpty()) {
        throw new KafkaException("there is no topic " + first.topic());
      }
    }
    return partitions;
  }

  private void begin(LogReader opened, TopicPartition partition, List<HeadListener> listeners) {
    for (HeadListener listener : listeners) {
      if (listener.position() < 0) {
        long others = position(listeners);
        long start = opened.beginning(partition);
        long end = late.contains(partition.partition()) ? start : opened.end(partition);
        listener.begin(start, others < 0 ? end : others);
      }
    }
  }

  /** Where the slowest of those that have begun is; negative if none has. */
  private static long position(List<HeadListener> listeners) {
    return listeners.stream()
        .mapToLong(HeadListener::position)
        .filter(position -> position >= 0)
        .min()
        .orElse(-1);
  }

  private static void follow(LogReader opened, Map<TopicPartition, List<HeadListener>> listeners) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    listeners.forEach((partition, some) -> positions.put(partition, position(some)));
    try {
      opened
          .read(positions, PATIENCE)
          .forEach((partition, block) -> take(block, listeners, partition));
    } catch (OffsetOutOfRangeException e) {
      boolean moved = false;
      for (Map.Entry<TopicPartition, Long> lost : e.offsetOutOfRangePartitions().entrySet()) {
        moved |= skip(opened.beginning(lost.getKey()), listeners.get(lost.getKey()));
      }
      if (!moved) {
        throw e;
      }
    }
  }

  private static void take(
      Block block, Map<TopicPartition, List<HeadListener>> listeners, TopicPartition partition) {
    for (HeadListener listener : listeners.getOrDefault(partition, List.of())) {
      long position = listener.position();
      if (position < block.to()) {
        listener.take(block.after(position));
      }
    }
  }

  private static boolean skip(long start, @Nullable List<HeadListener> listeners) {
    boolean moved = false;
    for (HeadListener listener : listeners == null ? List.<HeadListener>of() : listeners) {
      if (listener.position() < start) {
        listener.skipTo(start);
        moved = true;
      }
    }
    return moved;
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
    LogReader current = reader;
    if (current != null) {
      current.wake();
    }
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
