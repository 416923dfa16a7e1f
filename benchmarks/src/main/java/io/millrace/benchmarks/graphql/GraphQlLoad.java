package io.millrace.benchmarks.graphql;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.benchmarks.graphql.ClientProcess.Counted;
import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import io.millrace.model.kafka.MillraceTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * GraphQL subscriptions over real WebSockets, acknowledged over the same, with broker, gateway and
 * publisher in one JVM. Every event is for every subscription.
 */
@Command(name = "graphql", mixinStandardHelpOptions = true)
final class GraphQlLoad implements Callable<Integer> {

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

  @Option(names = "--chunk", defaultValue = "10")
  private int chunk;

  @Option(names = "--window", defaultValue = "100")
  private int window;

  @Option(names = "--delay", defaultValue = "1000", description = "chunkMaxDelay, ms")
  private int delay;

  @Option(names = "--ack-every", defaultValue = "5", description = "Chunks to an acknowledgement")
  private int acknowledgeEvery;

  private final MillraceTopics topics = new MillraceTopics("load");

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private GraphQlLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new GraphQlLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      Map<String, String> settings =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "topic.prefix",
              topics.prefix(),
              "management.port",
              "-1",
              "http.port",
              "0",
              "websocket.max.connections.per.user",
              "0",
              "websocket.max.unknown.per.address",
              "0",
              "subscriptions.max.per.owner",
              "0");
      for (int count : subscriptions) {
        try (Gateway gateway =
                Gateway.start(new GatewayConfig(settings), new SimpleMeterRegistry());
            Feed feed = new Feed(broker.bootstrapServers(), topics.stream("mmm"))) {
          run(gateway, feed, count);
        }
      }
    }
    return 0;
  }

  private void run(Gateway gateway, Feed feed, int count) throws Exception {
    long before = Jvm.heapAfter(3, 300);
    String arguments =
        "chunkSize: %d, ackLimit: %d, chunkMaxDelay: %d".formatted(chunk, window, delay);
    try (ClientProcess clients =
        new ClientProcess(gateway.port(), count, arguments, acknowledgeEvery)) {
      while (clients.ask("count").subscribed() < count) {
        Thread.sleep(100);
      }
      Thread.sleep(10_000); // Until all of them are open.
      long idle = Jvm.heapAfter(3, 300) - before;
      double perSecond = (double) delivered / count;
      feed.publish(perSecond, Math.max(3, seconds / 2));
      Thread.sleep(2_000 + delay);
      Counted first = clients.ask("reset");
      long cpu = cpu(clients);
      long begun = System.nanoTime();
      long published = feed.publish(perSecond, seconds);
      double took = (System.nanoTime() - begun) / 1e9;
      Counted then = clients.ask("count");
      double used = (cpu(clients) - cpu) / 1e9 / took;
      Counted last = then;
      for (int i = 0; i < 200 && last.delivered() - first.delivered() < published * count; i++) {
        Thread.sleep(50);
        last = clients.ask("count");
      }
      print(
          "%,6d subscriptions: %,.0f delivered/s (%,d of %,d, %d failed), %,.0f acks/s, CPU %.2f,"
              + " idle heap %.1f KB each (%d MB)%n    %s%n",
          count,
          (then.delivered() - first.delivered()) / took,
          last.delivered() - first.delivered(),
          published * count,
          last.failed(),
          (then.acknowledged() - first.acknowledged()) / took,
          used,
          idle / 1024.0 / count,
          (idle + before) >> 20,
          last.times());
    }
  }

  private static long cpu(ClientProcess clients) {
    return Jvm.cpuNanos() + clients.cpu().toNanos();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
