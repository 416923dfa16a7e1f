package io.millrace.benchmarks.load;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Posts CloudEvents to a gateway that routes them to a webhook emitter pointing here, and reports
 * throughput and latency: due to accepted (the gateway's answer) and accepted to received (the
 * webhook). The same load then goes through a hand-written pipeline on the same broker.
 */
@Command(name = "end-to-end", mixinStandardHelpOptions = true)
final class EndToEndLoad implements Callable<Integer> {

  @Option(names = "--gateway", required = true, description = "Where to post, such as …/events")
  private URI gateway;

  @Option(names = "--kafka", required = true, description = "Bootstrap servers, for the ceiling")
  private String kafka;

  @Option(names = "--receiver-port", required = true, description = "Where the webhook points")
  private int receiverPort;

  @Option(names = "--user", defaultValue = "admin:admin", description = "User and password")
  private String user;

  @Option(names = "--rates", split = ",", defaultValue = "500,2000,5000,10000,20000")
  private List<Integer> rates;

  @Option(names = "--seconds", defaultValue = "10", description = "How long at each rate")
  private int seconds;

  @Option(names = "--bytes", defaultValue = "1024", description = "Size of an event's data")
  private int bytes;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private EndToEndLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new EndToEndLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (Receiver receiver = new Receiver(receiverPort);
        BarePipeline bare =
            new BarePipeline(kafka, URI.create("http://127.0.0.1:" + receiverPort + "/"))) {
      run("warm-up", receiver, gateway, rates.get(0));
      run("warm-up", receiver, bare.ingest(), rates.get(0));
      for (int rate : rates) {
        run("Millrace", receiver, gateway, rate);
        run("bare", receiver, bare.ingest(), rate);
      }
    }
    return 0;
  }

  private void run(String name, Receiver receiver, URI target, int rate) throws Exception {
    int events = rate * seconds;
    Timeline timeline = new Timeline(events);
    receiver.record(timeline);
    try (Publisher publisher = new Publisher(target, user, bytes)) {
      publisher.send(timeline, events, rate);
      timeline.awaitAll(60);
    }
    System.out.printf("%-9s %,7d/s: %s%n", name, rate, timeline.report(events / 10));
  }
}
