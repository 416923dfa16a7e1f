package io.millrace.gateway.live;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.Audience;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.Extensions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Partitions without Kafka, and lanes that are real, with their threads. */
final class Simulation implements PastReader, AutoCloseable {

  static final Viewer VIEWER = new Viewer("ann", Set.of());

  // Sees to it that little is kept.
  private static final int BYTES_OF_EVENT = 100;

  final List<Tail> tails = new ArrayList<>();
  private final List<List<StreamedEvent>> logs = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final Random random;
  private final Interests interests;
  private final Shared shared;
  private final ExecutorService catchUp = Executors.newFixedThreadPool(2);
  private volatile long start;

  Simulation(long seed, int partitions, SlowSessions slow, Audience audience) {
    random = new Random(seed);
    LiveConfig config = new LiveConfig(2, 2, 30 * BYTES_OF_EVENT, 1_000, slow);
    interests = new Interests(Tenants.FLAT, config.threads());
    shared = new Shared(interests, audience, this::ends);
    LiveMetrics metrics = new LiveMetrics(new SimpleMeterRegistry(), interests, slow);
    for (int i = 0; i < config.threads(); i++) {
      lanes.add(
          new Lane(i, config, interests, work -> catchUp.execute(() -> work.work(this)), metrics));
    }
    for (int i = 0; i < partitions; i++) {
      logs.add(new CopyOnWriteArrayList<>());
      Tail tail =
          new Tail(
              new Place("s", i),
              new TopicPartition("s", i),
              i,
              config,
              begun -> lanes.forEach(lane -> lane.execute(() -> lane.add(begun))),
              () -> lanes.forEach(Lane::wake));
      tails.add(tail);
      tail.begin(0, 0);
    }
    lanes.forEach(Lane::start);
  }

  private Offsets ends() {
    Offsets ends = new Offsets();
    tails.forEach(tail -> ends.set(tail, tail.position()));
    return ends;
  }

  /** Publishes some events in some partition, of types t0 to t2. */
  void append(int count) {
    int partition = random.nextInt(tails.size());
    List<StreamedEvent> log = logs.get(partition);
    List<StreamedEvent> block = new ArrayList<>();
    long from = log.size();
    for (int i = 0; i < count; i++) {
      block.add(new StreamedEvent(from + i + 1, 0, event("t" + random.nextInt(3))));
    }
    log.addAll(block);
    tails.get(partition).take(new Block(from, from + count, block, (long) count * BYTES_OF_EVENT));
  }

  private static CloudEvent event(String type) {
    return CloudEventBuilder.v1()
        .withId("e")
        .withSource(URI.create("/"))
        .withType(type)
        .withExtension(Extensions.TOPIC_PATH, "a/b")
        .build();
  }

  /** The log begins here now, in all partitions. */
  void forget(long offset) {
    start = offset;
  }

  LiveSession open(Collection<EventFilter> filters, Positions after, LiveReceiver receiver)
      throws InvalidFilterException {
    Lane lane = lanes.get(random.nextInt(lanes.size()));
    LiveSession session = new LiveSession(shared, lane, VIEWER, receiver, ends());
    session.wish(filters, false);
    Offsets position = ends();
    if (after != null) {
      after.ids().forEach((place, id) -> position.set(tails.get(place.partition()), id));
    }
    session.begin(position);
    lane.open(session, after != null);
    return session;
  }

  /** Positions of the events of a type, in each partition, from an id on. */
  List<String> positions(int partition, Set<String> types, long after) {
    return logs.get(partition).stream()
        .filter(event -> event.id() > after && types.contains(event.event().getType()))
        .map(event -> "s:" + partition + ":" + event.id())
        .toList();
  }

  int filters() {
    return interests.size();
  }

  @Override
  public Block read(TopicPartition partition, long from, Duration patience) {
    List<StreamedEvent> log = List.copyOf(logs.get(partition.partition()));
    int size = log.size();
    if (from < start || from > size) {
      throw new OffsetOutOfRangeException(java.util.Map.of(partition, from));
    }
    int to = (int) Math.min(size, from + 7);
    List<StreamedEvent> events = List.copyOf(log.subList((int) from, to));
    return new Block(from, to, events, (long) events.size() * BYTES_OF_EVENT);
  }

  @Override
  public long beginning(TopicPartition partition) {
    return start;
  }

  @Override
  public long end(TopicPartition partition) {
    return logs.get(partition.partition()).size();
  }

  @Override
  public void close() {
    catchUp.shutdownNow();
    lanes.forEach(Lane::close);
  }
}
