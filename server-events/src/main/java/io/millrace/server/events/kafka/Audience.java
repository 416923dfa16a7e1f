package io.millrace.server.events.kafka;

import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.dispatch.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers that are read for together, by a reader that begins with the first of them: an
 * application without subscribers must not move its group's positions.
 */
final class Audience implements EventManager {

  /** Makes a reader for what is raised from a time on. */
  interface Readers {
    Reader open(Audience audience, long since);
  }

  private final Subscriptions subscriptions = new Subscriptions();
  private final String name;
  private final Readers readers;
  private final Clock clock;
  private @Nullable Reader reader;
  private @Nullable Thread thread;
  private boolean started;
  private boolean ended;

  Audience(String name, Clock clock, Readers readers) {
    this.name = name;
    this.clock = clock;
    this.readers = readers;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  @Override
  public void subscribe(String topic, EventSubscriber subscriber) {
    subscriptions.subscribe(topic, subscriber);
    readIfNeeded();
  }

  @Override
  public void unsubscribe(String topic, EventSubscriber subscriber) {
    subscriptions.unsubscribe(topic, subscriber);
  }

  void start() {
    synchronized (this) {
      started = true;
    }
    readIfNeeded();
  }

  private synchronized void readIfNeeded() {
    if (!started || ended || thread != null || subscriptions.isEmpty()) {
      return;
    }
    Reader opened = readers.open(this, clock.millis());
    reader = opened;
    thread = new Thread(opened, name);
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void askToEnd() {
    ended = true;
    if (reader != null) {
      reader.close();
    }
  }

  void awaitEnd(Duration limit) {
    Thread reading;
    synchronized (this) {
      reading = thread;
    }
    if (reading == null) {
      return;
    }
    try {
      reading.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reading.interrupt();
  }
}
