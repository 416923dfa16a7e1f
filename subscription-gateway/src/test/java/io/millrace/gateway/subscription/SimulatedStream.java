package io.millrace.gateway.subscription;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * A stream, its head and its readers without Kafka and without threads: what is to be done waits in
 * a list, and chance decides what is done next.
 */
final class SimulatedStream implements PastReader, DeliveryWork {

  private static final TopicPartition PARTITION = new TopicPartition("simulated", 0);

  final Stream stream = new Stream("simulated", PARTITION, 6_000, 3_000);
  final Random random;
  private final List<StreamedEvent> log = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Recount recount;
  private final long inboxBytes;
  private final int askedFrom;
  private long start;
  private long time;

  SimulatedStream(long seed) {
    random = new Random(seed);
    inboxBytes = 600L * (1 + random.nextInt(8));
    askedFrom = random.nextInt(1_000);
    append(random.nextInt(50));
    recount = new Recount(stream, this::submit, delay -> {});
    stream.head.begin(0, log.size());
  }

  /** The step from which on counts are asked for. */
  int askedFrom() {
    return askedFrom;
  }

  /** Something is published, of one of three types. */
  void append(int count) {
    for (int i = 0; i < count; i++) {
      long id = log.size() + 1L;
      var event =
          CloudEventBuilder.v1()
              .withId("" + id)
              .withSource(URI.create("/"))
              .withType("t" + random.nextInt(3))
              .build();
      log.add(new StreamedEvent(id, 0, event));
    }
  }

  /** The head reads on. */
  void follow() {
    long from = stream.head.position();
    if (from < start) {
      stream.head.skipTo(start);
    } else if (from < log.size()) {
      stream.head.take(block(from, 1 + random.nextInt(8)));
    }
  }

  /** Retention takes the oldest events. */
  void expire(long newStart) {
    start = Math.max(start, Math.min(newStart, log.size()));
    stream.head.logStart(start);
  }

  /** One piece of waiting work is done; false if there is none. */
  boolean work() {
    time += Duration.ofMillis(random.nextInt(20)).toNanos();
    if (waiting.isEmpty()) {
      return false;
    }
    waiting.remove(random.nextInt(waiting.size())).run();
    return true;
  }

  void trimAndCount() {
    stream.head.trim();
    recount.wake();
  }

  Subscription subscription(String id, EventFilter filter, long from)
      throws InvalidFilterException {
    Subscription subscription = new Subscription(id);
    var definition = new SubscriptionDefinition("simulated", filter, "ann");
    var unused = subscription.defined(new SubscriptionRecord(definition, "g", from));
    subscription.place(new Subscription.Place(stream, stream.head.add(subscription, filter)));
    return subscription;
  }

  Delivery connect(Subscription subscription, Pace pace, SubscriptionObserver observer) {
    String session = "session-" + random.nextInt();
    var unused = subscription.claimed(new SubscriptionClaim("node", session, false));
    Delivery delivery =
        new Delivery(
            session,
            subscription,
            subscription.place(),
            pace,
            observer,
            () -> Viewer.STRANGER,
            this);
    subscription.connect(delivery);
    return delivery;
  }

  static EventFilter type(int type) {
    return new EventFilter(List.of(), Set.of("t" + type), null);
  }

  /** Ids that match, after one and up to the end. */
  List<Long> matching(EventFilter filter, long after) {
    return log.stream()
        .filter(event -> event.id() > after)
        .filter(
            event ->
                filter.messages().isEmpty() || filter.messages().contains(event.event().getType()))
        .map(StreamedEvent::id)
        .toList();
  }

  long size() {
    return log.size();
  }

  long start() {
    return start;
  }

  @Override
  public Block read(TopicPartition partition, long from, Duration patience) {
    if (from < start) {
      throw new OffsetOutOfRangeException(Map.of(partition, from));
    }
    return block(from, 1 + random.nextInt(8));
  }

  @Override
  public long beginning(TopicPartition partition) {
    return start;
  }

  @Override
  public long end(TopicPartition partition) {
    return log.size();
  }

  /** A piece of the log. */
  Block block(long from, int most) {
    int to = (int) Math.min(log.size(), from + most);
    return new Block(from, to, List.copyOf(log.subList((int) from, to)), 100L * (to - from));
  }

  private void submit(CatchUp.Work work) {
    waiting.add(() -> work.work(this));
  }

  @Override
  public Runnable replay(Delivery delivery, Subscription.Place place) {
    Replay replay =
        new Replay(stream, delivery, place.interest(), this::submit, (work, delay) -> submit(work));
    return () -> submit(replay);
  }

  @Override
  public void execute(Runnable work) {
    waiting.add(work);
  }

  @Override
  public void schedule(Runnable work, long nanos) {
    waiting.add(work);
  }

  @Override
  public long inboxBytes() {
    return inboxBytes;
  }

  @Override
  public long nanoTime() {
    return time;
  }

  @Override
  public void delivered(Subscription subscription, long eventId) {
    boolean unused = subscription.delivered(eventId);
  }

  @Override
  public CompletionStage<Void> acknowledge(Subscription subscription, long eventId) {
    if (subscription.acknowledge(eventId) && subscription.session() != null) {
      subscription.session().acknowledged(subscription.acknowledged());
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void ended(Delivery delivery, Subscription subscription, Subscription.Place place) {
    stream.head.detach(delivery, place.interest());
    subscription.disconnect(delivery);
  }
}
