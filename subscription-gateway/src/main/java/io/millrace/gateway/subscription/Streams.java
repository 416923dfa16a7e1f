package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.Heads;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * The streams that somebody has subscribed to: each is read here once, from the first time that it
 * is asked for. Safe for use by several threads.
 */
final class Streams implements AutoCloseable {

  private final SubscriptionConfig config;
  private final Heads heads;
  private final CatchUp catchUp;
  private final Tenants tenants;
  private final RulesInForce rules;
  private final ScheduledExecutorService timer;
  private final Map<String, Read> streams = new ConcurrentHashMap<>();

  Streams(
      SubscriptionConfig config,
      Heads heads,
      Tenants tenants,
      RulesInForce rules,
      ScheduledExecutorService timer) {
    this.config = config;
    this.heads = heads;
    this.tenants = tenants;
    this.rules = rules;
    this.timer = timer;
    this.catchUp = new CatchUp("millrace-catch-up-", config.catchUpThreads(), heads.readers());
    catchUp.start();
  }

  private record Read(Stream stream, Recount recount) {}

  /** The stream's one partition. */
  TopicPartition partition(String name) {
    return heads.first(name);
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
    Recount recount =
        new Recount(stream, catchUp::submit, delay -> later(delay, () -> recount(stream)));
    heads.follow(name, stream.head);
    return new Read(stream, recount);
  }

  private void later(Duration delay, Runnable work) {
    var unused = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    catchUp.close();
  }
}
