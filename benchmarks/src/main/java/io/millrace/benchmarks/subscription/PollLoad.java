package io.millrace.benchmarks.subscription;

import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.PollRequest;
import io.millrace.gateway.subscription.PolledEvents;
import io.millrace.gateway.subscription.SubscriptionConfig;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Consumers that wait in polls, each with a subscription of its own, at the level of their API,
 * with the broker and the publisher in the same JVM: at rest, and woken all at once by each event.
 */
@Command(name = "polls", mixinStandardHelpOptions = true)
final class PollLoad implements Callable<Integer> {

  private static final String STREAM = "load";
  private static final Duration SESSION = Duration.ofSeconds(30);

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--consumers", split = ",", defaultValue = "1000,10000")
  private List<Integer> consumers;

  @Option(names = "--perSecond", defaultValue = "1", description = "Events a second")
  private double perSecond;

  @Option(names = "--seconds", defaultValue = "20")
  private int seconds;

  private final MillraceTopics topics = new MillraceTopics("load");

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private PollLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new PollLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      String brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topics.stream(STREAM), 1)));
      }
      for (int count : consumers) {
        measure(brokers, count);
      }
    }
    return 0;
  }

  private void measure(String brokers, int count) throws Exception {
    var config = new SubscriptionConfig(Duration.ofDays(30), 2, 2, 32L << 20, 32L << 20);
    try (Subscriptions node =
            Subscriptions.start(config, Map.of("bootstrap.servers", brokers), topics);
        Feed feed = new Feed(brokers, topics.stream(STREAM), 256, 1)) {
      create(node, count);
      long before = Jvm.leastHeap(6, 300);
      int threads = Thread.activeCount();
      Polling polling = new Polling(node, count);
      polling.begin();
      while (node.waitingPolls() < count) {
        Thread.sleep(100);
      }
      double heap = (Jvm.leastHeap(6, 300) - before) / 1024.0 / count;
      long cpu = Jvm.cpuNanos();
      long begun = System.nanoTime();
      Thread.sleep(seconds * 1_000L);
      double idle = (Jvm.cpuNanos() - cpu) / (double) (System.nanoTime() - begun);
      int more = Thread.activeCount() - threads;
      feed.publish(perSecond, 5);
      polling.settle();
      polling.reset();
      cpu = Jvm.cpuNanos();
      begun = System.nanoTime();
      feed.publish(perSecond, seconds);
      polling.settle();
      double took = System.nanoTime() - begun;
      System.out.printf(
          Locale.ROOT,
          "%,6d consumers: %.1f KB heap a waiting poll, %d threads more, CPU at rest %.2f;"
              + " woken %.1f times a second each: %,d answers, %d failed, CPU %.2f, wake p50 %.0f"
              + " p99 %.0f max %.0f ms%n",
          count,
          heap,
          more,
          idle,
          perSecond,
          polling.answers.sum(),
          polling.failed.sum(),
          (Jvm.cpuNanos() - cpu) / took,
          polling.latency.getValueAtPercentile(50) / 1e6,
          polling.latency.getValueAtPercentile(99) / 1e6,
          polling.latency.getMaxValue() / 1e6);
      node.stopPolls();
    }
  }

  private static void create(Subscriptions node, int count) throws Exception {
    var definition = new SubscriptionDefinition(STREAM, EventFilter.EVERYTHING, "load");
    CompletableFuture<?>[] created = new CompletableFuture<?>[count];
    for (int i = 0; i < count; i++) {
      created[i] =
          node.create(count + "-" + i, definition, OptionalLong.empty()).toCompletableFuture();
    }
    CompletableFuture.allOf(created).get(180, TimeUnit.SECONDS);
  }

  /** All consumers, each of which asks again as soon as it is answered. */
  private static final class Polling {

    final LongAdder answers = new LongAdder();
    final LongAdder failed = new LongAdder();
    final Histogram latency = new ConcurrentHistogram(2);
    private final Subscriptions node;
    private final int count;

    Polling(Subscriptions node, int count) {
      this.node = node;
      this.count = count;
    }

    void begin() throws Exception {
      for (int i = 0; i < count; i++) {
        ask(count + "-" + i, OptionalLong.empty());
      }
    }

    private void ask(String id, OptionalLong offset) {
      var request = new PollRequest("c", offset, 100, SESSION, SESSION, null);
      var unused =
          node.poll(id, request)
              .answer()
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null) {
                      failed.increment();
                    } else {
                      take(answer);
                      ask(id, OptionalLong.of(answer.offset()));
                    }
                  });
    }

    private void take(PolledEvents answer) {
      long now = System.nanoTime();
      for (StreamedEvent event : answer.events()) {
        latency.recordValue(Math.max(0, now - Long.parseLong(event.event().getId())));
        answers.increment();
      }
    }

    void settle() throws InterruptedException {
      Thread.sleep(3_000);
    }

    void reset() {
      answers.reset();
      failed.reset();
      latency.reset();
    }
  }
}
