package io.millrace.benchmarks.serverevents;

import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.server.events.kafka.KafkaEventBus;
import io.millrace.server.events.kafka.ServerEventsConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Events raised and handled in one JVM on one broker, which is in the same JVM, beside bare clients
 * of Kafka with the same settings that send and count the same bytes; then calls of a servlet with
 * the filter off and on. The first run of each is not counted.
 */
@Command(name = "server-events", mixinStandardHelpOptions = true)
final class ServerEventsLoad implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--events", defaultValue = "200000")
  private int events;

  @Option(names = "--bytes", defaultValue = "1024", description = "Size of an event's data")
  private int bytes;

  @Option(names = "--partitions", defaultValue = "4")
  private int partitions;

  @Option(names = "--runs", defaultValue = "3")
  private int runs;

  @Option(names = "--rate", defaultValue = "1000", description = "Calls of the servlet a second")
  private int rate;

  @Option(names = "--seconds", defaultValue = "10", description = "Of calls, each way and run")
  private int seconds;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private ServerEventsLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ServerEventsLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      double[] bare = new double[runs];
      double[] bus = new double[runs];
      for (int run = 0; run <= runs; run++) {
        create(broker, "bare-" + run);
        create(broker, "bus-" + run);
        double first =
            BareClients.perSecond(broker.bootstrapServers(), topic("bare-" + run), events, bytes);
        double second = onTheBus(broker, "bus-" + run);
        System.out.printf(
            Locale.ROOT,
            "%-8s bare %,9.0f events/s   server events %,9.0f events/s%n",
            run == 0 ? "warm-up" : "run " + run,
            first,
            second);
        if (run > 0) {
          bare[run - 1] = first;
          bus[run - 1] = second;
        }
      }
      System.out.printf(
          Locale.ROOT,
          "median   bare %,9.0f events/s   server events %,9.0f events/s   ratio %.2f%n",
          median(bare),
          median(bus),
          median(bus) / median(bare));
      create(broker, "calls");
      try (KafkaEventBus calls = open(broker, "calls")) {
        new FilterLatency(calls.getEventNotifier(), rate, seconds, bytes).run(runs);
      }
    }
    return 0;
  }

  private double onTheBus(EmbeddedBroker broker, String prefix) throws Exception {
    try (KafkaEventBus bus = open(broker, prefix)) {
      return new RaisedAndHandled(bus, events, bytes).perSecond();
    }
  }

  private static KafkaEventBus open(EmbeddedBroker broker, String prefix) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put(ServerEventsConfig.BOOTSTRAP_SERVERS, broker.bootstrapServers());
    settings.put(ServerEventsConfig.APPLICATION_ID, "load");
    settings.put(ServerEventsConfig.TOPIC_PREFIX, prefix);
    settings.put(ServerEventsConfig.NOTIFY_MAX_BLOCK, "60000");
    return KafkaEventBus.open(new ServerEventsConfig(settings));
  }

  private void create(EmbeddedBroker broker, String prefix) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic(prefix), partitions, (short) 1),
                  new NewTopic(prefix + ".dead-letters", 1, (short) 1)))
          .all()
          .get();
    }
  }

  private static String topic(String prefix) {
    return prefix + ".stream.foundry";
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
