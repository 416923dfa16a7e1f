package io.millrace.benchmarks.fanout;

import io.millrace.benchmarks.fanout.ClientProcess.Counted;
import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One event to thousands of clients of DES's WebSocket, beside bare Jetty with the same clients and
 * frames of the same size, in turn. Broker, gateway and bare server are in one JVM, the clients in
 * another.
 */
@Command(name = "fan-out", mixinStandardHelpOptions = true)
final class FanOut implements Callable<Integer> {

  // At its own pace, events come one by one, which is not what bursts have warmed up.
  private static final int WARM_UP_SECONDS = 8;

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--sessions", split = ",", defaultValue = "1000,10000")
  private List<Integer> sessions;

  @Option(names = "--matching", defaultValue = "100", description = "Per cent that match")
  private int matching;

  @Option(names = "--rounds", defaultValue = "3")
  private int rounds;

  @Option(names = "--frames", defaultValue = "200000", description = "Frames of a burst")
  private int frames;

  @Option(names = "--seconds", defaultValue = "10", description = "At half of the ceiling")
  private int seconds;

  @Option(names = "--compression", description = "Let the gateway compress what it is asked to")
  private boolean compression;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private FanOut() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new FanOut()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data));
        Contender bare = new Bare();
        Contender millrace =
            new Millrace(
                broker.bootstrapServers(), Map.of("websocket.compression", "" + compression))) {
      for (int count : sessions) {
        double[] bests = new double[2];
        for (int round = 0; round < rounds; round++) {
          double ceiling = run(bare, count, 0);
          bests[0] = Math.max(bests[0], ceiling);
          bests[1] = Math.max(bests[1], run(millrace, count, ceiling));
        }
        print("%,d sessions: best of Millrace to bare %.0f %%%n", count, 100 * bests[1] / bests[0]);
      }
    }
    return 0;
  }

  /** Prints how it does at its best, at half of that, and at half of another's if there is one. */
  private double run(Contender contender, int count, double other) throws Exception {
    long before = Jvm.heapAfter(3, 200);
    try (ClientProcess clients = new ClientProcess()) {
      int wanting = Math.max(1, count * matching / 100);
      open(clients, contender, wanting, true);
      open(clients, contender, count - wanting, false);
      Counted all = clients.await(c -> c.opened() + c.refused() >= count);
      Thread.sleep(1_000);
      double idle = (Jvm.heapAfter(3, 200) - before) / 1024.0 / count;
      int events = Math.max(1, Math.min(200, frames / wanting));
      int bursts = Math.max(1, frames / wanting / events);
      burst(clients, contender, wanting, events); // Warms up.
      double[] rates = new double[3];
      for (int i = 0; i < rates.length; i++) {
        double took = 0;
        for (int b = 0; b < bursts; b++) {
          took += burst(clients, contender, wanting, events);
        }
        rates[i] = (double) events * bursts * wanting / took;
      }
      Arrays.sort(rates);
      print(
          "%,6d sessions, %,6d match, %-10s: %,9.0f frames/s (%,.0f–%,.0f), %.1f KB of heap each,"
              + " %d refused%n",
          count, wanting, contender.name(), rates[1], rates[0], rates[2], idle, all.refused());
      if (other > 0) {
        latency(clients, contender, other / 2, wanting);
      }
      latency(clients, contender, rates[1] / 2, wanting);
      return rates[1];
    }
  }

  private static void open(ClientProcess clients, Contender contender, int count, boolean wants)
      throws Exception {
    Counted unused =
        clients.tell(
            "open %d %d %d %s %s"
                .formatted(
                    count, 16, contender.port(), contender.path(wants), contender.authorization())
                .strip());
  }

  /** Seconds from the first event to the last frame. */
  private static double burst(ClientProcess clients, Contender contender, int wanting, int events)
      throws Exception {
    Thread.sleep(300);
    Counted unused = clients.tell("reset");
    long begun = System.nanoTime();
    contender.publish(events);
    long all = (long) events * wanting;
    Counted done = clients.await(c -> c.messages() >= all);
    if (done.messages() < all) {
      print("only %,d of %,d came%n", done.messages(), all);
    }
    return (done.lastNanos() - begun) / 1e9;
  }

  private void latency(ClientProcess clients, Contender contender, double rate, int wanting)
      throws Exception {
    Counted unused = pace(clients, contender, rate / wanting, WARM_UP_SECONDS);
    Counted paced = pace(clients, contender, rate / wanting, seconds);
    print(
        "  at %,9.0f frames/s p50 %.1f p99 %.1f ms; %d broken, %d out of order%n",
        rate, paced.p50() / 1e6, paced.p99() / 1e6, paced.broken(), paced.lost());
  }

  private static Counted pace(
      ClientProcess clients, Contender contender, double perSecond, int seconds) throws Exception {
    Thread.sleep(300);
    Counted unused = clients.tell("reset");
    long begun = System.nanoTime();
    long count = Math.max(10, Math.round(perSecond * seconds));
    for (long i = 0; i < count; i++) {
      long due = begun + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      contender.publish(1);
    }
    Thread.sleep(2_000);
    return clients.tell("count");
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
