package io.millrace.benchmarks.webhook;

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

  @Option(names = "--only", split = ",", description = "Which contenders")
  private List<String> only = List.of();

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
    byte[] data = Event.data(bytes);
    try (Endpoints endpoints = new Endpoints(1);
        ApacheAsync async = new ApacheAsync(inFlight);
        ApacheClassic classic = new ApacheClassic(inFlight);
        Jetty jetty = new Jetty(inFlight);
        Jdk jdk = new Jdk()) {
      Emitting emitting = new Emitting(Math.max(events, rate * seconds), data);
      Map<String, Contender> contenders = new LinkedHashMap<>();
      contenders.put(
          "task", (run, perSecond) -> emitting.send(endpoints.url(0), run, inFlight, perSecond));
      contenders.put("async", bare(new Bare(async, endpoints, data)));
      contenders.put("classic", bare(new Bare(classic, endpoints, data)));
      contenders.put("jetty", bare(new Bare(jetty, endpoints, data)));
      contenders.put("jdk", bare(new Bare(jdk, endpoints, data)));
      if (!only.isEmpty()) {
        contenders.keySet().retainAll(only);
      }
      for (Map.Entry<String, Contender> each : contenders.entrySet()) {
        full("warm-up " + each.getKey(), each.getValue(), endpoints, events / 4, 0);
      }
      for (int latency : latencies) {
        System.out.printf("%nOne endpoint, %d ms, %d under way%n", latency, inFlight);
        int most = latency == 0 ? events : Math.min(events, inFlight * seconds * 1000 / latency);
        for (Map.Entry<String, Contender> each : contenders.entrySet()) {
          full(each.getKey(), each.getValue(), endpoints, most, latency);
          steady(each.getKey(), each.getValue(), endpoints, latency);
        }
      }
    }
    return 0;
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

  private void steady(String name, Contender who, Endpoints endpoints, int latency)
      throws Exception {
    Run run = new Run(rate * seconds, 0);
    endpoints.begin(run, Duration.ofMillis(latency), 0);
    who.send(run, rate);
    run.await(60);
    System.out.printf(Locale.ROOT, "%-16s at %,d/s: %s%n", name, rate, run.latency());
  }
}
