package io.millrace.benchmarks.router;

import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole router with many emitters, of which one wants each event, beside a bare Streams copy
 * with the same tuning, which writes the same records to the same topics. Both read the same stream
 * from one broker in this JVM, in turn; the first run of each is not counted.
 */
@Command(name = "router-throughput", mixinStandardHelpOptions = true)
final class RouterThroughput implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--events", defaultValue = "300000")
  private int events;

  @Option(names = "--bytes", defaultValue = "1024", description = "Size of an event's data")
  private int bytes;

  @Option(names = "--emitters", defaultValue = "10000", description = "Each with a topic")
  private int emitters;

  @Option(names = "--wanted", defaultValue = "1", description = "Emitters that the events are for")
  private int wanted;

  @Option(names = "--feel", description = "Every filter asks for an amount, too")
  private boolean feel;

  @Option(names = "--runs", defaultValue = "3")
  private int runs;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private RouterThroughput() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new RouterThroughput()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data));
        Rig rig = new Rig(broker.bootstrapServers(), wanted)) {
      rig.define(emitters, feel);
      rig.fill(events, bytes);
      double[] bySecond = new double[runs];
      double[] byCpuSecond = new double[runs];
      for (int run = 0; run <= runs; run++) {
        Rate bare = rig.bare("bare-" + run, events);
        Rate router = rig.router("router-" + run, events);
        print(run, bare, router);
        if (run > 0) {
          bySecond[run - 1] = router.perSecond() / bare.perSecond();
          byCpuSecond[run - 1] = router.perCpuSecond() / bare.perCpuSecond();
        }
      }
      System.out.printf(
          Locale.ROOT,
          "router/bare, median: %.2f by second, %.2f by second of CPU%n",
          median(bySecond),
          median(byCpuSecond));
    }
    return 0;
  }

  private static void print(int run, Rate bare, Rate router) {
    System.out.printf(
        Locale.ROOT,
        "%-8s bare %,8.0f/s %,8.0f/CPU s   router %,8.0f/s %,8.0f/CPU s%n",
        run == 0 ? "warm-up" : "run " + run,
        bare.perSecond(),
        bare.perCpuSecond(),
        router.perSecond(),
        router.perCpuSecond());
  }

  private static double median(double[] ratios) {
    Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }
}
