package io.millrace.benchmarks.sources;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets each source connector catch up with a vendor that has all events at once, on a worker of
 * this JVM: events a second into Kafka, time to catch up, memory. The ceiling is a connector that
 * makes its records of nothing.
 */
@Command(name = "sources", mixinStandardHelpOptions = true)
final class SourceLoad implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--plugins", required = true, description = "Folder of the plug-ins")
  private Path plugins;

  @Option(names = "--events", defaultValue = "100000")
  private int events;

  @Option(names = "--bytes", defaultValue = "1024", description = "Size of an event's data")
  private int bytes;

  @Option(
      names = "--limit",
      defaultValue = "100,1000",
      split = ",",
      description = "Events in a page or chunk")
  private List<Integer> limits;

  @Option(names = "--exactly-once", description = "With exactly-once support")
  private boolean exactlyOnce;

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private SourceLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new SourceLoad()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> settings =
        Map.of("exactly.once.source.support", exactlyOnce ? "enabled" : "disabled");
    try (SourceWorker worker = new SourceWorker(data, plugins, settings)) {
      // The first of each is a warm-up.
      for (int round = 0; round < 3; round++) {
        bare(worker);
        for (int limit : limits) {
          try (Upstream acronis = new AcronisUpstream(events, bytes, limit)) {
            show("acronis, pages of " + limit, worker, acronis.config());
          }
          try (Upstream mmm = new MmmUpstream(events, limit)) {
            show("mmm, chunks of " + limit, worker, mmm.config());
          }
        }
        for (PushUpstream.Protocol protocol : PushUpstream.Protocol.values()) {
          try (Upstream pushing = new PushUpstream(protocol, events, bytes)) {
            show(protocol.name().toLowerCase(Locale.ROOT), worker, pushing.config());
          }
        }
      }
    }
    return 0;
  }

  private void bare(SourceWorker worker) throws Exception {
    show(
        "bare source",
        worker,
        Map.of(
            "connector.class",
            BareSourceConnector.class.getName(),
            BareSourceConnector.EVENTS,
            Integer.toString(events),
            BareSourceConnector.BYTES,
            Integer.toString(bytes)));
  }

  private void show(String name, SourceWorker worker, Map<String, String> config) throws Exception {
    Map<String, String> tuned = new HashMap<>(config);
    tuned.put("producer.override.linger.ms", "5");
    tuned.put("producer.override.batch.size", "131072");
    SourceWorker.Result result = worker.run(tuned, events);
    System.out.printf(
        Locale.ROOT,
        "%-24s %,9.0f/s  caught up with %,d after %.1f s  %,d MB more in use%n",
        name,
        result.perSecond(),
        events,
        result.seconds(),
        result.liveMegabytes());
  }
}
