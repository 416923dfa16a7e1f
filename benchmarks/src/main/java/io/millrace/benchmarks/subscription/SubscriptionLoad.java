package io.millrace.benchmarks.subscription;

import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.gateway.subscription.Pace;
import io.millrace.gateway.subscription.Session;
import io.millrace.gateway.subscription.SubscriptionConfig;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Durable subscriptions at the level of their API, with the broker and the publisher in the same
 * JVM: first a new client that is a million events behind, then many that are at the head.
 */
@Command(name = "subscriptions", mixinStandardHelpOptions = true)
final class SubscriptionLoad implements Callable<Integer> {

  private static final String STREAM = "load";

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--subscriptions", split = ",", defaultValue = "10,1000,10000")
  private List<Integer> subscriptions;

  @Option(
      names = "--delivered",
      defaultValue = "50000",
      description = "Deliveries a second, in all")
  private int delivered;

  @Option(names = "--seconds", defaultValue = "10")
  private int seconds;

  @Option(names = "--own", description = "Each event is for one subscription, not for all of them")
  private boolean own;

  @Option(names = "--chunk", defaultValue = "10")
  private int chunk;

  @Option(names = "--window", defaultValue = "100")
  private int window;

  @Option(names = "--delay", defaultValue = "100", description = "chunkMaxDelay, ms")
  private int delay;

  @Option(names = "--bytes", defaultValue = "256", description = "Size of an event's data")
  private int bytes;

  @Option(names = "--behind", defaultValue = "1000000", description = "Events to catch up with")
  private int behind;

  private final MillraceTopics topics = new MillraceTopics("load");

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private SubscriptionLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new SubscriptionLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      String brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topics.stream(STREAM), 1)));
      }
      if (behind > 0) {
        catchUp(brokers);
      }
      for (int count : subscriptions) {
        deliver(brokers, count);
      }
    }
    return 0;
  }

  private void catchUp(String brokers) throws Exception {
    try (Feed feed = new Feed(brokers, topics.stream(STREAM), bytes, 10)) {
      feed.publishAll(behind);
    }
    for (int run = 0; run < 3; run++) {
      try (Subscriptions node = start(brokers)) {
        Counts counts = new Counts();
        long cpu = Jvm.cpuNanos();
        long begun = System.nanoTime();
        open(node, "behind-" + run, EventFilter.EVERYTHING, OptionalLong.of(0), counts);
        while (counts.delivered.sum() < behind) {
          Thread.sleep(10);
        }
        double took = (System.nanoTime() - begun) / 1e9;
        print(
            "catch-up of %,d: %.1f s, %,.0f/s, %,.0f by CPU second%n",
            behind, took, behind / took, behind / ((Jvm.cpuNanos() - cpu) / 1e9));
      }
      try (Subscriptions node = start(brokers)) {
        await(node.ready());
        var filter = new EventFilter(List.of(), Set.of("t3"), null);
        Counts counts = new Counts();
        await(
            node.open(
                "counted-" + run,
                definition(filter),
                OptionalLong.of(0),
                pace(),
                new Consumer(counts)));
        long begun = System.nanoTime();
        long undelivered = await(node.status("counted-" + run)).orElseThrow().undelivered();
        long first = System.nanoTime();
        await(node.status("counted-" + run));
        print(
            "first status of a new filter: %,d of %,d undelivered, %.2f s; the next: %.1f ms%n",
            undelivered, behind, (first - begun) / 1e9, (System.nanoTime() - first) / 1e6);
      }
    }
  }

  private void deliver(String brokers, int count) throws Exception {
    try (Subscriptions node = start(brokers);
        Feed feed = new Feed(brokers, topics.stream(STREAM), bytes, own ? count : 1)) {
      await(node.ready());
      Counts counts = new Counts();
      long before = Jvm.leastHeap(10, 500);
      List<Consumer> consumers = openAll(node, count, counts);
      long idle = Jvm.leastHeap(10, 500) - before;
      double perSecond = own ? delivered : (double) delivered / count;
      feed.publish(perSecond, Math.max(3, seconds / 2));
      Thread.sleep(2_000);
      counts.reset();
      long cpu = Jvm.cpuNanos();
      long begun = System.nanoTime();
      feed.publish(perSecond, seconds);
      double took = (System.nanoTime() - begun) / 1e9;
      long expected = Math.round(perSecond * seconds) * (own ? 1 : count);
      long inTime = counts.delivered.sum();
      for (int i = 0; i < 600 && counts.delivered.sum() < expected; i++) {
        Thread.sleep(50);
      }
      print(
          "%,6d subscriptions: %,.0f delivered/s (%,d of %,d, %d failed), %,.0f acks/s, CPU %.2f,"
              + " idle heap %.1f KB each (%d MB)%n    delivery %s, acknowledgement %s%n",
          consumers.size(),
          inTime / took,
          counts.delivered.sum(),
          expected,
          counts.failed.sum(),
          counts.acknowledged.sum() / took,
          (Jvm.cpuNanos() - cpu) / 1e9 / took,
          idle / 1024.0 / count,
          idle >> 20,
          millis(counts.latency),
          millis(counts.acknowledging));
    }
  }

  private Consumer open(
      Subscriptions node, String id, EventFilter filter, OptionalLong last, Counts counts)
      throws Exception {
    Consumer consumer = new Consumer(counts);
    Session session = await(node.open(id, definition(filter), last, pace(), consumer));
    consumer.session = session;
    session.request(Long.MAX_VALUE);
    return consumer;
  }

  private List<Consumer> openAll(Subscriptions node, int count, Counts counts) throws Exception {
    List<Consumer> consumers = new ArrayList<>();
    List<CompletionStage<Session>> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventFilter filter =
          own ? new EventFilter(List.of(), Set.of("t" + i), null) : EventFilter.EVERYTHING;
      Consumer consumer = new Consumer(counts);
      consumers.add(consumer);
      opening.add(
          node.open(count + "-" + i, definition(filter), OptionalLong.empty(), pace(), consumer));
    }
    for (int i = 0; i < count; i++) {
      Session session = await(opening.get(i));
      consumers.get(i).session = session;
      session.request(Long.MAX_VALUE);
    }
    return consumers;
  }

  private Subscriptions start(String brokers) throws InterruptedException {
    var config = new SubscriptionConfig(Duration.ofDays(30), 2, 2, 32L << 20, 32L << 20);
    return Subscriptions.start(config, Map.of("bootstrap.servers", brokers), topics);
  }

  private Pace pace() {
    return new Pace(chunk, Duration.ofMillis(delay), window);
  }

  private static SubscriptionDefinition definition(EventFilter filter) {
    return new SubscriptionDefinition(STREAM, filter, "load");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(120, TimeUnit.SECONDS);
  }

  private static String millis(Histogram nanos) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f p99 %.1f ms",
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
