package io.millrace.server.events.servlet;

import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.Notification;
import io.millrace.server.events.NotifierFullException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls off the container's threads: payloads are read and events made on a thread of its
 * own. What waits is bounded by bytes. Safe for use by several threads.
 */
final class AutoEventQueue {

  private static final Logger LOG = LoggerFactory.getLogger(AutoEventQueue.class);

  private final EventNotifier notifier;
  private final AutoEventSettings settings;
  private final Semaphore free;
  private final BlockingQueue<Optional<Call>> queue = new LinkedBlockingQueue<>();
  private final LongAdder raised = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile boolean closed;
  private final Thread thread = new Thread(this::run, "server-events-auto");

  AutoEventQueue(EventNotifier notifier, AutoEventSettings settings) {
    this.notifier = notifier;
    this.settings = settings;
    this.free = new Semaphore(settings.maxQueuedBytes());
    thread.setDaemon(true);
    thread.start();
  }

  AutoEventCounts counts() {
    return new AutoEventCounts(raised.sum(), dropped.sum(), failed.sum());
  }

  void add(Call call) {
    if (!closed && hasRoom(weight(call))) {
      queue.add(Optional.of(call));
    } else {
      dropped.add(call.topics().size());
    }
  }

  /** Counts an event that could not even be made. */
  void countFailure() {
    failed.increment();
  }

  /** Raises what waits, for so long; what comes later is dropped. */
  void close(Duration limit) {
    closed = true;
    queue.add(Optional.empty());
    try {
      thread.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private boolean hasRoom(int weight) {
    if (free.tryAcquire(weight)) {
      return true;
    }
    if (settings.full() == AutoEventSettings.Full.DROP) {
      return false;
    }
    try {
      return free.tryAcquire(weight, settings.maxWaitMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int weight(Call call) {
    return Math.min(settings.maxQueuedBytes(), call.weight());
  }

  private void run() {
    try {
      while (true) {
        Optional<Call> next = queue.take();
        if (next.isEmpty()) {
          return;
        }
        Call call = next.get();
        try {
          call.topics().forEach(topic -> raise(call, topic));
        } finally {
          free.release(weight(call));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void raise(Call call, String topic) {
    try {
      Notification handle = notifier.notify(call.event(topic));
      var unused = handle.completion().whenComplete((done, failure) -> count(failure));
    } catch (RuntimeException e) {
      failed.increment();
      // Not its message, which may quote the payload.
      LOG.warn("An event of topic {} could not be made: {}", topic, e.getClass().getName());
    }
  }

  private void count(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause == null) {
      raised.increment();
    } else if (cause instanceof NotifierFullException) {
      dropped.increment();
    } else {
      failed.increment();
    }
  }
}
