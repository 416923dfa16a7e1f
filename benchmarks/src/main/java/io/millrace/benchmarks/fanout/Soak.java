package io.millrace.benchmarks.fanout;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.millrace.benchmarks.fanout.ClientProcess.Counted;
import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sessions that come and go, read slowly, or vanish without a word, for as long as one likes, in
 * cycles at whose end none is left. Nothing may have grown from cycle to cycle, and no session may
 * have missed an event, or got one twice.
 */
@Command(name = "soak", mixinStandardHelpOptions = true)
final class Soak implements Callable<Integer> {

  // Until everything is loaded, compiled and filled that ever is.
  private static final int WARM_UP = 2;
  private static final long HEAP_MARGIN = 12L << 20;
  private static final int MARGIN = 12;
  private static final int PATIENCE_SECONDS = 120;

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--minutes", defaultValue = "10")
  private double minutes;

  @Option(names = "--sessions", defaultValue = "300", description = "That stay during a cycle")
  private int sessions;

  private final List<String> faults = new ArrayList<>();
  // Counts of what should not be, which only grow.
  private long seen;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private Soak() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Soak()).execute(args));
  }

  /** What must not grow. */
  private record Held(long heap, int threads, long files) {}

  @Override
  public Integer call() throws Exception {
    Map<String, String> settings =
        Map.of(
            "websocket.ping.interval.ms",
            "2000",
            "websocket.idle.timeout.ms",
            "20000",
            "websocket.close.timeout.ms",
            "1000",
            "des.socket.idle.timeout.ms",
            "3600000",
            "live.head.bytes",
            "1048576",
            "live.catch.up.bytes",
            "1048576",
            "subscriptions.head.bytes",
            "1048576",
            "subscriptions.catch.up.bytes",
            "1048576");
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data));
        Millrace millrace = new Millrace(broker.bootstrapServers(), settings);
        ClientProcess clients = new ClientProcess()) {
      long end = System.nanoTime() + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
      Held base = null;
      for (int cycle = 1; cycle <= WARM_UP + 1 || System.nanoTime() < end; cycle++) {
        Held held = cycle(millrace, clients, cycle);
        if (base == null && cycle >= WARM_UP) {
          base = held;
        } else if (base != null) {
          compare(base, held);
        }
      }
    }
    faults.forEach(fault -> System.out.println("FAULT: " + fault));
    System.out.println(faults.isEmpty() ? "No growth, and nothing lost." : "Not as it should be.");
    return faults.isEmpty() ? 0 : 1;
  }

  private Held cycle(Millrace millrace, ClientProcess clients, int number) throws Exception {
    open(clients, millrace, sessions);
    Counted started = clients.await(c -> c.opened() >= sessions);
    for (int beat = 0; beat < 40; beat++) {
      int slow = sessions / 10;
      switch (beat) {
        case 5 -> clients.tell("freeze " + slow); // Slow readers: back before they are given up.
        case 15 -> clients.tell("thaw");
        case 20 -> clients.tell("freeze " + slow); // Gone without a word: never back.
        default -> {}
      }
      open(clients, millrace, 20);
      millrace.publish(50);
      Thread.sleep(200);
      clients.tell("close 20");
    }
    Counted before = clients.tell("count");
    awaitLeft(millrace, before.opened() - sessions / 10); // The vanished are given up.
    Counted last = clients.tell("drop");
    clients.tell("close " + Integer.MAX_VALUE);
    awaitLeft(millrace, 0);
    Held held = held();
    long bad = last.lost() + last.broken() + last.refused() + last.ended();
    if (bad > seen) {
      faults.add("until cycle " + number + " lost, broken, refused or ended: " + last);
    }
    seen = bad;
    System.out.printf(
        Locale.ROOT,
        "cycle %d: from %,d sessions, %,d events received; then heap %.1f MB, %d threads, %d files%n",
        number,
        started.opened(),
        last.messages(),
        held.heap / 1e6,
        held.threads,
        held.files);
    return held;
  }

  private static void open(ClientProcess clients, Millrace millrace, int count) throws Exception {
    clients.tell(
        "open %d 1 %d %s %s"
            .formatted(count, millrace.port(), millrace.path(true), millrace.authorization()));
  }

  /** Waits until the gateway has no more sockets and sessions than that, and no filter for none. */
  private void awaitLeft(Millrace millrace, long most) throws InterruptedException {
    List<String> names =
        most > 0
            ? List.of("millrace.gateway.sockets")
            : List.of(
                "millrace.gateway.sockets",
                "millrace.gateway.live.sessions",
                "millrace.gateway.live.filters");
    double left = Double.MAX_VALUE;
    for (int i = 0; i < PATIENCE_SECONDS * 10 && left > most; i++) {
      Thread.sleep(100);
      left = 0;
      for (String name : names) {
        left += millrace.registry.find(name).gauges().stream().mapToDouble(Gauge::value).sum();
      }
    }
    if (left > most) {
      faults.add((long) left + " sockets, sessions or filters are left, in place of " + most);
    }
  }

  private static Held held() throws InterruptedException {
    return new Held(
        Jvm.heapAfter(4, 200),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getOpenFileDescriptorCount());
  }

  private void compare(Held base, Held now) {
    if (now.heap > base.heap + HEAP_MARGIN) {
      faults.add("heap has grown from " + base.heap + " to " + now.heap);
    }
    if (now.threads > base.threads + MARGIN || now.files > base.files + MARGIN) {
      faults.add("threads or files have grown from " + base + " to " + now);
    }
  }
}
