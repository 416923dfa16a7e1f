package io.millrace.gateway.subscription;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one stream from the end that it has at the start, on one thread of its own. */
final class HeadReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HeadReader.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 5_000;

  private final Stream stream;
  private final Supplier<LogReader> readers;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable LogReader reader;

  HeadReader(Stream stream, Supplier<LogReader> readers) {
    this.stream = stream;
    this.readers = readers;
    this.thread = new Thread(this::run, "millrace-stream-" + stream.name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (LogReader opened = readers.get()) {
        reader = opened;
        follow(opened);
      } catch (WakeupException | InterruptException e) {
        return;
      } catch (KafkaException e) {
        LOG.warn("Stream {} could not be read, trying again: {}", stream.name, e.toString());
        pause();
      } catch (RuntimeException e) {
        // Whatever it was: without this thread nobody would hear of an event of this stream again.
        LOG.error("Following stream {} failed, trying again", stream.name, e);
        pause();
      }
    }
  }

  private void follow(LogReader opened) {
    if (stream.head.position() < 0) {
      stream.head.begin(opened.beginning(stream.partition), opened.end(stream.partition));
    }
    while (closing.getCount() > 0) {
      long position = stream.head.position();
      try {
        Block block = opened.read(stream.partition, position, PATIENCE);
        if (block.to() > block.from()) {
          stream.head.take(block);
        }
      } catch (OffsetOutOfRangeException e) {
        long start = opened.beginning(stream.partition);
        if (start <= position) {
          throw e;
        }
        stream.head.skipTo(start);
      }
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
