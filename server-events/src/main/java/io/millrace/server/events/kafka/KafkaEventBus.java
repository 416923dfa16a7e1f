package io.millrace.server.events.kafka;

import io.cloudevents.CloudEvent;
import io.millrace.server.events.EventBus;
import io.millrace.server.events.EventCounts;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.Notification;
import io.millrace.server.events.dispatch.Dispatcher;
import io.millrace.server.events.dispatch.Tally;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * The event bus on Kafka. Events stand in a stream as CloudEvents, as the gateway's Foundry ingest
 * writes them, so that either side sees the other's. What raises events only never joins a group.
 */
public final class KafkaEventBus implements EventBus {

  private final ServerEventsConfig config;
  private final Clock clock;
  private final Clients clients;
  private final Producer<byte[], byte[]> producer;
  private final Tally tally = new Tally();
  private final Publisher publisher;
  private final Dispatcher dispatcher;
  private final Audience shared;
  private final Audience broadcast;
  private boolean closed;

  private KafkaEventBus(ServerEventsConfig config, Clock clock, Clients clients) {
    this.config = config;
    this.clock = clock;
    this.clients = clients;
    this.producer = clients.producer();
    this.publisher = new Publisher(producer, config, tally);
    String name = "server-events-" + config.applicationId();
    this.dispatcher =
        new Dispatcher(
            config.getInt(ServerEventsConfig.THREADS), config.retryPolicy(), tally, name);
    this.shared = new Audience(name + "-handle", clock, this::readShared);
    this.broadcast = new Audience(name + "-broadcast", clock, this::readAll);
  }

  /**
   * Opens the bus: events can be raised, none is handled yet. Blocks until the broker has answered.
   *
   * @throws KafkaException if a topic is missing or the broker cannot be reached
   * @throws InterruptedException if interrupted while the broker works
   */
  public static KafkaEventBus open(ServerEventsConfig config) throws InterruptedException {
    return open(config, Clock.systemUTC());
  }

  static KafkaEventBus open(ServerEventsConfig config, Clock clock) throws InterruptedException {
    Clients clients = new Clients(config);
    Set<String> topics = new HashSet<>(config.readTopics());
    topics.add(config.writeTopic());
    topics.add(config.topics().deadLetters());
    try (Admin admin = clients.admin()) {
      RequiredTopics.ensure(admin, topics, config.getBoolean(ServerEventsConfig.TOPICS_CREATE));
    }
    KafkaEventBus bus = new KafkaEventBus(config, clock, clients);
    bus.publisher.start();
    return bus;
  }

  @Override
  public EventNotifier getEventNotifier() {
    return publisher;
  }

  @Override
  public EventManager getEventManager() {
    return shared;
  }

  @Override
  public EventManager getBroadcastManager() {
    return broadcast;
  }

  @Override
  public Notification publish(CloudEvent event) {
    return publisher.publish(event);
  }

  @Override
  public EventCounts counts() {
    return tally.counts();
  }

  @Override
  public void start() {
    shared.start();
    broadcast.start();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Duration drain = config.millis(ServerEventsConfig.DRAIN_TIMEOUT);
    Duration longest = drain.plusSeconds(10);
    shared.askToEnd();
    broadcast.askToEnd();
    shared.awaitEnd(longest);
    broadcast.awaitEnd(longest);
    dispatcher.close();
    // Last: what subscribers raised while they were drained is sent, too.
    publisher.close(drain);
  }

  private Reader readShared(Audience audience, long since) {
    Start start = new Start(config.fromEarliest() ? null : since);
    return reader(audience, clients.member(), true, start, "server-events/");
  }

  private Reader readAll(Audience audience, long since) {
    return reader(
        audience, clients.broadcast(), false, new Start(since), "server-events-broadcast/");
  }

  private Reader reader(
      Audience audience,
      Consumer<byte[], byte[]> consumer,
      boolean group,
      Start start,
      String origin) {
    DeadLetterBox letters =
        new DeadLetterBox(producer, config.topics().deadLetters(), ForkJoinPool.commonPool());
    return new Reader(
        consumer,
        config,
        group,
        start,
        progress ->
            new Shard(
                audience.subscriptions(),
                letters,
                origin + config.applicationId(),
                clock,
                tally,
                dispatcher.lane(),
                progress));
  }
}
