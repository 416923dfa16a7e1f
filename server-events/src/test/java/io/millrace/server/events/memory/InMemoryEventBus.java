package io.millrace.server.events.memory;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.server.events.EventBus;
import io.millrace.server.events.EventCounts;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.Notification;
import io.millrace.server.events.NotificationException;
import io.millrace.server.events.PendingNotification;
import io.millrace.server.events.dispatch.Delivery;
import io.millrace.server.events.dispatch.Dispatcher;
import io.millrace.server.events.dispatch.Lane;
import io.millrace.server.events.dispatch.RetryPolicy;
import io.millrace.server.events.dispatch.Subscriptions;
import io.millrace.server.events.dispatch.Tally;
import io.millrace.server.events.dispatch.Work;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An event bus in memory for unit tests of applications: with the same threads, order per key,
 * attempts and copies as the one on Kafka, and events that went through JSON. What it is given
 * before {@link #start} waits. Waits between attempts are a millisecond. Safe for use by several
 * threads.
 */
public final class InMemoryEventBus implements EventBus {

  /**
   * An event that was given up.
   *
   * @param reason one sentence for a person
   */
  public record DeadEvent(EventData event, String reason, Throwable cause) {}

  private static final URI PRODUCER = URI.create("in-memory");
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final Tally tally = new Tally();
  private final Dispatcher dispatcher;
  private final Lane shared;
  private final Lane broadcast;
  private final Subscriptions subscribers = new Subscriptions();
  private final Subscriptions broadcastSubscribers = new Subscriptions();
  private final List<CloudEvent> raised = new CopyOnWriteArrayList<>();
  private final List<DeadEvent> deadEvents = new CopyOnWriteArrayList<>();
  private boolean started;
  private boolean closed;
  private int given;

  /** With up to 5 attempts for an event. */
  public InMemoryEventBus() {
    this(5);
  }

  /** With so many attempts for an event. */
  public InMemoryEventBus(int attempts) {
    this.dispatcher =
        new Dispatcher(
            4, new RetryPolicy(attempts, MILLISECOND, MILLISECOND, () -> 1), tally, "in-memory");
    this.shared = dispatcher.lane();
    this.broadcast = dispatcher.lane();
  }

  /** What was raised, oldest first, as a subscriber would get it. */
  public List<EventData> raised() {
    return raised.stream().map(InMemoryEventBus::read).toList();
  }

  /** What was given up, oldest first. */
  public List<DeadEvent> deadEvents() {
    return List.copyOf(deadEvents);
  }

  /**
   * Waits until all that was raised is handled or given up, also what subscribers raised meanwhile.
   *
   * @throws AssertionError if it takes longer
   * @throws IllegalStateException if the bus was not started
   */
  public void awaitQuiet(Duration limit) throws InterruptedException {
    synchronized (this) {
      if (!started) {
        throw new IllegalStateException("the event bus was not started");
      }
    }
    long deadline = System.nanoTime() + limit.toNanos();
    do {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!shared.awaitEmpty(left) || !broadcast.awaitEmpty(left)) {
        throw new AssertionError("events are still being handled after " + limit);
      }
      // What the broadcast's subscribers raised last is among the shared ones.
    } while (shared.pending() > 0 || broadcast.pending() > 0);
  }

  @Override
  public EventNotifier getEventNotifier() {
    return event -> publish(EventDataMapping.write(event, PRODUCER));
  }

  @Override
  public EventManager getEventManager() {
    return subscribers;
  }

  @Override
  public EventManager getBroadcastManager() {
    return broadcastSubscribers;
  }

  @Override
  public synchronized Notification publish(CloudEvent event) {
    PendingNotification handle = new PendingNotification(event.getId());
    if (closed) {
      tally.failed.increment();
      handle.fail(new NotificationException("the event bus is closed", null));
      return handle;
    }
    tally.raised.increment();
    if (event.getExtension(Extensions.TOPIC_PATH) == null) {
      tally.unreadable.increment();
    } else {
      raised.add(event);
    }
    if (started) {
      give();
    }
    handle.complete();
    return handle;
  }

  @Override
  public EventCounts counts() {
    return tally.counts();
  }

  @Override
  public synchronized void start() {
    started = true;
    give();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    shared.stop();
    broadcast.stop();
    try {
      boolean unused = shared.awaitStill(Duration.ofSeconds(10));
      unused = broadcast.awaitStill(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dispatcher.close();
  }

  private void give() {
    while (given < raised.size()) {
      CloudEvent event = raised.get(given++);
      TopicPath topic = TopicPath.parse(read(event).getTopic());
      add(shared, subscribers, topic, event);
      add(broadcast, broadcastSubscribers, topic, event);
    }
  }

  private void add(Lane lane, Subscriptions table, TopicPath topic, CloudEvent event) {
    Delivery delivery = new Delivery(() -> event, topic, table);
    if (delivery.isWanted()) {
      byte @Nullable [] key = EventRecords.key(event);
      lane.add(
          key == null ? null : List.of(new String(key, StandardCharsets.UTF_8)),
          new InMemoryWork(event, delivery, deadEvents));
    }
  }

  static EventData read(CloudEvent event) {
    try {
      return EventDataMapping.read(event);
    } catch (UnreadableEventException e) {
      throw new IllegalStateException("an event was raised that cannot be read", e);
    }
  }

  private record InMemoryWork(CloudEvent event, Delivery delivery, List<DeadEvent> deadEvents)
      implements Work {

    @Override
    public void attempt() throws Exception {
      delivery.attempt();
    }

    @Override
    public CompletionStage<Void> giveUp(int attempts, Throwable cause) {
      deadEvents.add(new DeadEvent(read(event), delivery.reason(attempts, cause), cause));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void settled() {}
  }
}
