package io.millrace.benchmarks.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Posts CloudEvents to endpoints on loopback through our delivery path and through bare HTTP
 * clients: as fast as it goes, then at a fixed rate for latency from due to arrival.
 */
@Command(name = "webhook", mixinStandardHelpOptions = true)
final class WebhookLoad implements Callable<Integer> {

  @Option(names = "--events", defaultValue = "200000", description = "At full speed, at 0 ms")
  private int events;

  @Option(names = "--rate", defaultValue = "1000", description = "Events a second, for latency")
  private int rate;

  @Option(names = "--seconds", defaultValue = "10", description = "How long at that rate")
  private int seconds;

  @Option(names = "--in-flight", defaultValue = "64", description = "Most posts under way")
  private int inFlight;

  @Option(names = "--bytes", defaultValue = "1024", description = "Size of an event's data")
  private int bytes;

  @Option(names = "--latencies", split = ",", defaultValue = "0,50", description = "Endpoint's, ms")
  private List<Integer> latencies;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "worker,task,async,classic,jetty,jdk",
      description = "Which contenders")
  private List<String> only;

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--plugins", required = true, description = "Connect's plug-in folder")
  private Path plugins;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private WebhookLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new WebhookLoad()).execute(args));
  }

  /** Someone who posts the events of a run; at rate 0 as fast as it goes. */
  @FunctionalInterface
  private interface Contender {
    void send(Run run, int perSecond) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    byte[] payload = Event.data(bytes);
    try (Worker worker = new Worker(data, plugins, payload);
        ApacheAsync async = new ApacheAsync(inFlight);
        ApacheClassic classic = new ApacheClassic(inFlight);
        Jetty jetty = new Jetty(inFlight);
        Jdk jdk = new Jdk()) {
      try (Endpoints one = new Endpoints(1)) {
        Emitting emitting = new Emitting(Math.max(events, rate * seconds), payload);
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(
            "worker",
            (run, perSecond) -> {
              if (perSecond == 0) {
                worker.drain(one.url(0), run, inFlight, 120);
              } else {
                worker.stream(one, run, inFlight, perSecond);
              }
            });
        contenders.put(
            "task", (run, perSecond) -> emitting.send(one.url(0), run, inFlight, perSecond));
        contenders.put("async", bare(new Bare(async, one, payload)));
        contenders.put("classic", bare(new Bare(classic, one, payload)));
        contenders.put("jetty", bare(new Bare(jetty, one, payload)));
        contenders.put("jdk", bare(new Bare(jdk, one, payload)));
        contenders.keySet().retainAll(only);
        toOne(contenders, one);
      }
      try (Endpoints hundred = new Endpoints(100)) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        contenders.put(
            "worker", (run, perSecond) -> worker.stream(hundred, run, inFlight, perSecond));
        contenders.put("async", bare(new Bare(async, hundred, payload)));
        contenders.put("classic", bare(new Bare(classic, hundred, payload)));
        contenders.put("jetty", bare(new Bare(jetty, hundred, payload)));
        contenders.put("jdk", bare(new Bare(jdk, hundred, payload)));
        contenders.keySet().retainAll(only);
        toMany(contenders, hundred);
      }
    }
    return 0;
  }

  private void toOne(Map<String, Contender> contenders, Endpoints one) throws Exception {
    for (Map.Entry<String, Contender> each : contenders.entrySet()) {
      full("warm-up " + each.getKey(), each.getValue(), one, events / 4, 0);
    }
    for (int latency : latencies) {
      System.out.printf("%nOne endpoint, %d ms, %d under way%n", latency, inFlight);
      int most = latency == 0 ? events : Math.min(events, inFlight * seconds * 1000 / latency);
      for (Map.Entry<String, Contender> each : contenders.entrySet()) {
        full(each.getKey(), each.getValue(), one, most, latency);
      }
      for (Map.Entry<String, Contender> each : contenders.entrySet()) {
        steady(each.getKey(), each.getValue(), one, latency, 0);
      }
    }
  }

  private void toMany(Map<String, Contender> contenders, Endpoints hundred) throws Exception {
    for (int dead = 0; dead <= 1; dead++) {
      System.out.printf("%n%d endpoints, %d dead%n", hundred.count(), dead);
      for (Map.Entry<String, Contender> each : contenders.entrySet()) {
        steady(each.getKey(), each.getValue(), hundred, 0, dead);
      }
    }
  }

  private Contender bare(Bare bare) {
    return (run, perSecond) -> {
      if (perSecond == 0) {
        bare.fast(run, inFlight);
      } else {
        bare.steadily(run, perSecond);
      }
    };
  }

  private static void full(String name, Contender who, Endpoints endpoints, int count, int latency)
      throws Exception {
    Run run = new Run(count, 0);
    endpoints.begin(run, Duration.ofMillis(latency), 0);
    CpuTime cpu = new CpuTime(endpoints.threadId());
    double before = cpu.seconds();
    who.send(run, 0);
    run.await(120);
    double used = cpu.seconds() - before;
    System.out.printf(
        Locale.ROOT, "%-16s %,9.0f/s  %,9.0f/CPU s%n", name, run.perSecond(), run.events() / used);
  }

  private void steady(String name, Contender who, Endpoints endpoints, int latency, int dead)
      throws Exception {
    int count = rate * seconds;
    Run run = new Run(count, dead * count / endpoints.count());
    endpoints.begin(run, Duration.ofMillis(latency), dead);
    who.send(run, rate);
    run.await(60);
    System.out.printf(Locale.ROOT, "%-16s at %,d/s: %s%n", name, rate, run.latency());
  }
}
