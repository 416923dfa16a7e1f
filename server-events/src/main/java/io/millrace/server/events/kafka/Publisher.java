package io.millrace.server.events.kafka;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.Notification;
import io.millrace.server.events.NotificationException;
import io.millrace.server.events.NotifierFullException;
import io.millrace.server.events.PendingNotification;
import io.millrace.server.events.RejectedEventException;
import io.millrace.server.events.dispatch.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to their stream. Kafka's producer may wait for metadata or memory, so that it is
 * called by one thread of its own, in the order of the calls; what waits is bounded by bytes.
 */
final class Publisher implements EventNotifier {

  /** What an event costs in memory beside its bytes, about. */
  private static final int OVERHEAD = 512;

  private static final String CLOSED = "the event bus is closed";

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final URI source;
  private final int limit;
  private final long maxBlockMillis;
  private final Semaphore free;
  private final Tally tally;
  private final BlockingQueue<Letter> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Nobody takes from the queue any more. */
  private volatile boolean ended;

  /** An event on its way; without a record it is the end. */
  private record Letter(
      @Nullable ProducerRecord<byte[], byte[]> record, PendingNotification handle, int weight) {}

  Publisher(Producer<byte[], byte[]> producer, ServerEventsConfig config, Tally tally) {
    this.producer = producer;
    this.topic = config.writeTopic();
    this.source = config.source();
    this.limit = config.getInt(ServerEventsConfig.MAX_IN_FLIGHT_BYTES);
    this.maxBlockMillis = config.getInt(ServerEventsConfig.NOTIFY_MAX_BLOCK);
    this.free = new Semaphore(limit);
    this.tally = tally;
    this.thread = new Thread(this::run, "server-events-" + config.applicationId() + "-notify");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public Notification notify(EventData eventData) {
    return publish(EventDataMapping.write(eventData, source));
  }

  Notification publish(CloudEvent event) {
    ProducerRecord<byte[], byte[]> record = EventRecords.write(topic, event);
    PendingNotification handle = new PendingNotification(event.getId());
    int weight = Math.min(limit, weight(record));
    if (closed) {
      tally.failed.increment();
      handle.fail(new NotificationException(CLOSED, null));
    } else if (!hasRoom(weight)) {
      tally.dropped.increment();
      handle.fail(new NotifierFullException());
    } else {
      queue.add(new Letter(record, handle, weight));
      if (ended) {
        failRest();
      }
    }
    return handle;
  }

  private boolean hasRoom(int weight) {
    if (free.tryAcquire(weight)) {
      return true;
    }
    try {
      return maxBlockMillis > 0 && free.tryAcquire(weight, maxBlockMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      while (true) {
        Letter letter = queue.take();
        if (letter.record() == null) {
          return;
        }
        letter.handle().begin();
        send(letter, letter.record());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed while the producer waited for the broker.
    } finally {
      ended = true; // First: whoever adds after the rest was failed sees it.
      failRest();
    }
  }

  private void failRest() {
    for (Letter letter = queue.poll(); letter != null; letter = queue.poll()) {
      finish(letter, new NotificationException(CLOSED, null));
    }
  }

  private void send(Letter letter, ProducerRecord<byte[], byte[]> record) {
    try {
      var unused = producer.send(record, (metadata, failure) -> finish(letter, failure));
    } catch (RuntimeException e) {
      finish(letter, e);
    }
  }

  private void finish(Letter letter, @Nullable Exception failure) {
    if (letter.record() == null) {
      return;
    }
    free.release(letter.weight());
    if (failure == null) {
      tally.raised.increment();
      letter.handle().complete();
      return;
    }
    tally.failed.increment();
    if (failure instanceof RecordTooLargeException || failure instanceof InvalidTopicException) {
      letter.handle().fail(new RejectedEventException("the broker refuses the event", failure));
    } else if (failure instanceof NotificationException own) {
      letter.handle().fail(own);
    } else {
      letter
          .handle()
          .fail(new NotificationException("the broker did not acknowledge the event", failure));
    }
  }

  private static int weight(ProducerRecord<byte[], byte[]> record) {
    int weight = OVERHEAD + (record.value() == null ? 0 : record.value().length);
    for (Header header : record.headers()) {
      weight += header.value() == null ? 0 : header.value().length;
    }
    return weight;
  }

  /** Takes nothing more, and waits so long for what is under way. */
  void close(Duration limit) {
    closed = true;
    long deadline = System.nanoTime() + limit.toNanos();
    queue.add(new Letter(null, new PendingNotification(""), 0));
    try {
      thread.join(Math.max(1, limit.toMillis()));
      thread.interrupt();
      producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    } catch (InterruptedException e) {
      thread.interrupt();
      producer.close(Duration.ZERO);
      Thread.currentThread().interrupt();
    }
  }
}
