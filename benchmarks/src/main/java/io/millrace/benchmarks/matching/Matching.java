package io.millrace.benchmarks.matching;

import io.millrace.benchmarks.load.Jvm;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many events a second of CPU one thread matches as the filters get more, and what it costs to
 * build and to hold them. All contenders see the same filters and the same events, one after the
 * other.
 */
@Command(name = "matching", mixinStandardHelpOptions = true)
final class Matching implements Callable<Integer> {

  private static final int EVENTS = 20_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What can be measured. */
  enum Kind {
    TOPICS,
    THRESHOLDS,
    MIX;

    Workload workload() {
      return switch (this) {
        case TOPICS -> new TopicsOnly();
        case THRESHOLDS -> new TopicTypeThreshold();
        case MIX -> new RealisticMix();
      };
    }
  }

  @Option(names = "--kinds", split = ",", defaultValue = "TOPICS,THRESHOLDS,MIX")
  private List<Kind> kinds;

  @Option(names = "--sizes", split = ",", defaultValue = "10,100,1000,10000,100000,1000000")
  private List<Integer> sizes;

  @Option(
      names = "--contenders",
      split = ",",
      defaultValue = "MILLRACE,EVENT_RULER,MOQUETTE,ARRAY,NAIVE")
  private List<Contenders> contenders;

  @Option(names = "--seconds", defaultValue = "2", description = "Of each of three runs")
  private double seconds;

  @Option(
      names = "--build-limit",
      defaultValue = "600",
      description = "Seconds of CPU after which a contender that is not built yet is given up")
  private long buildLimit;

  @Option(names = "--update-sizes", split = ",", defaultValue = "100000,1000000")
  private List<Integer> updateSizes;

  @Option(names = "--no-updates", description = "Only the curve")
  private boolean noUpdates;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private Matching() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Matching()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    warmUp();
    System.out.println(
        "kind       contender      filters   events/s  matches  build s  CPU s  B/filter");
    for (Kind kind : kinds) {
      Workload workload = kind.workload();
      for (int size : sizes) {
        List<Sample> samples = samples(workload, size);
        for (Contenders contender : contenders) {
          if (size <= contender.most && contender.canSay(workload)) {
            measure(kind, workload, contender, size, samples);
          }
        }
      }
    }
    if (!noUpdates) {
      for (Kind kind : kinds) {
        Workload workload = kind.workload();
        for (int size : updateSizes) {
          new Updates(workload, size, samples(workload, size), seconds * 2)
              .report(kind.name().toLowerCase(Locale.ROOT));
        }
      }
    }
    return 0;
  }

  /** So that no contender is measured before it is compiled. */
  private void warmUp() throws Exception {
    for (Kind kind : kinds) {
      Workload workload = kind.workload();
      for (Contenders name : contenders) {
        if (name.canSay(workload)) {
          Contender contender = name.create();
          for (int i = 0; i < 1000; i++) {
            contender.add(i, workload, 1000);
          }
          run(contender, samples(workload, 1000), seconds * 2);
        }
      }
    }
  }

  /** Matches an event, the same for all who can say all. */
  private static double matches(Contender contender, List<Sample> samples) throws Exception {
    int matches = 0;
    for (Sample sample : samples.subList(0, 1000)) {
      matches += contender.match(sample);
    }
    return matches / 1000.0;
  }

  private void measure(
      Kind kind, Workload workload, Contenders name, int size, List<Sample> samples)
      throws Exception {
    long heap = usedHeap();
    long cpu = Jvm.cpuNanos();
    long thread = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    Contender contender = name.create();
    for (int i = 0; i < size; i++) {
      contender.add(i, workload, size);
      if (THREADS.getCurrentThreadCpuTime() - thread > buildLimit * 1_000_000_000L) {
        System.out.printf(
            Locale.ROOT,
            "%-10s %-12s %9d given up after %d s of CPU with %d of them%n",
            kind.name().toLowerCase(Locale.ROOT),
            name.title,
            size,
            buildLimit,
            i + 1);
        return;
      }
    }
    double buildSeconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (Jvm.cpuNanos() - cpu) / 1e9;
    long bytes = (usedHeap() - heap) / size;
    double[] rates = new double[3];
    double matches = matches(contender, samples);
    run(contender, samples, seconds * 1.5);
    for (int i = 0; i < rates.length; i++) {
      rates[i] = run(contender, samples, seconds);
    }
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "%-10s %-12s %9d %,10.0f %8.3f %8.2f %6.2f %9d%n",
        kind.name().toLowerCase(Locale.ROOT),
        name.title,
        size,
        rates[1],
        matches,
        buildSeconds,
        cpuSeconds,
        bytes);
  }

  /** Events a second of CPU, since the machine may be shared with others. */
  private static double run(Contender contender, List<Sample> samples, double seconds)
      throws Exception {
    long start = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long end = start + (long) (seconds * 1e9);
    long events = 0;
    while (System.nanoTime() < end) {
      // Ten at a time, so that reading the clock costs nothing.
      for (int i = 0; i < 10; i++) {
        contender.match(samples.get((int) (events++ % EVENTS)));
      }
    }
    double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9;
    return events / cpuSeconds;
  }

  private static List<Sample> samples(Workload workload, int filters) {
    Random random = new Random(1);
    return Stream.generate(() -> workload.event(random, filters)).limit(EVENTS).toList();
  }

  // It is told to collect, and asked until it no longer finds anything.
  @SuppressWarnings("SystemGc")
  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (now >= used - used / 1000) {
        return now;
      }
      used = now;
    }
    return used;
  }
}
