package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The streams that somebody has subscribed to: each is read here once, from the first time that it
 * is asked for. Safe for use by several threads.
 */
final class Streams implements AutoCloseable {

  private final MillraceTopics topics;
  private final SubscriptionConfig config;
  private final Supplier<LogReader> readers;
  private final CatchUp catchUp;
  private final Tenants tenants;
  private final RulesInForce rules;
  private final ScheduledExecutorService timer;
  private final Map<String, Read> streams = new ConcurrentHashMap<>();

  Streams(
      MillraceTopics topics,
      SubscriptionConfig config,
      Map<String, ?> clients,
      Tenants tenants,
      RulesInForce rules,
      ScheduledExecutorService timer) {
    this.topics = topics;
    this.config = config;
    this.tenants = tenants;
    this.rules = rules;
    this.timer = timer;
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("client.id", "millrace-gateway-streams");
    this.readers = () -> new LogReader(settings);
    this.catchUp = new CatchUp(config.catchUpThreads(), readers);
    catchUp.start();
  }

  private record Read(Stream stream, HeadReader reader, Recount recount) {}

  /** The stream's one partition. */
  TopicPartition partition(String name) {
    return new TopicPartition(topics.stream(name), 0);
  }

  Stream of(String name) {
    return streams.computeIfAbsent(name, this::open).stream;
  }

  /** There may be something to count in a stream. */
  void recount(Stream stream) {
    Read read = streams.get(stream.name);
    if (read != null) {
      read.recount.wake();
    }
  }

  Collection<Stream> all() {
    return streams.values().stream().map(Read::stream).toList();
  }

  /** Does something with a reader of the past, when it is its turn. */
  void read(CatchUp.Work work) {
    catchUp.submit(work);
  }

  /** What is to be run to replay the stream for a session. */
  Runnable replay(Stream stream, Delivery delivery, Interest interest) {
    Replay replay =
        new Replay(
            stream,
            delivery,
            interest,
            catchUp::submit,
            (work, delay) -> later(delay, () -> catchUp.submit(work)));
    return () -> catchUp.submit(replay);
  }

  private Read open(String name) {
    Stream stream =
        new Stream(name, partition(name), config.ringBytes(), config.pastBytes(), tenants, rules);
    HeadReader reader = new HeadReader(stream, readers);
    Recount recount =
        new Recount(stream, catchUp::submit, delay -> later(delay, () -> recount(stream)));
    reader.start();
    return new Read(stream, reader, recount);
  }

  private void later(Duration delay, Runnable work) {
    var unused = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    catchUp.close();
    List.copyOf(streams.values()).forEach(read -> read.reader.close());
  }
}
