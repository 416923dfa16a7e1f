package io.millrace.benchmarks.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.AuditVerifier;
import io.millrace.model.audit.ChainLink;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Broker, gateway, client and verifier in one JVM; heap is that of all of them. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Downloads audit logs of growing length, and tells seconds and heap.")
public final class AuditDownload implements Callable<Integer> {

  private static final MillraceTopics TOPICS = new MillraceTopics("bench");
  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

  @Option(names = "--data", required = true, description = "An empty folder.")
  private Path data = Path.of("");

  @Option(names = "--entries", defaultValue = "1000000", description = "Entries of about 1 KB.")
  private int entries;

  private final HttpClient client = HttpClient.newHttpClient();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AuditDownload()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      String brokers = broker.endpoint().toString();
      write(brokers);
      Map<String, String> settings =
          Map.of("bootstrap.servers", brokers, "topic.prefix", "bench", "http.port", "0");
      try (Gateway gateway =
          Gateway.start(new GatewayConfig(settings), new SimpleMeterRegistry())) {
        while (status(gateway) != 200) {
          Thread.sleep(100); // Until the definition is read.
        }
        System.out.println("entries | form | seconds | MB sent | peak heap MB | holds");
        for (int part = entries / 100; part <= entries; part *= 10) {
          download(gateway, part, "");
        }
        download(gateway, entries, "gzip");
      }
    }
    return 0;
  }

  private void download(Gateway gateway, int count, String encoding) throws Exception {
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long begin = System.nanoTime();
    String to = "?to=" + START.plusMillis(count);
    HttpRequest.Builder request = request(gateway, to).header("Accept", "application/x-ndjson");
    if (!encoding.isEmpty()) {
      request.header("Accept-Encoding", encoding);
    }
    AuditVerifier verifier = new AuditVerifier(null, finding -> System.out.println(finding));
    CountedStream counted =
        new CountedStream(client.send(request.build(), BodyHandlers.ofInputStream()).body());
    try (InputStream body = counted) {
      verifier.read("download", body);
    }
    AuditVerifier.Summary summary = verifier.finish();
    double seconds = (System.nanoTime() - begin) / 1e9;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        "%d | %s | %.1f | %d | %d | %s%n",
        summary.entries(),
        encoding.isEmpty() ? "plain" : encoding,
        seconds,
        counted.bytes() >> 20,
        peak >> 20,
        summary.holds() && summary.entries() == count);
  }

  private int status(Gateway gateway) throws Exception {
    return client
        .send(request(gateway, "?from=2100-01-01").build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpRequest.Builder request(Gateway gateway, String query) {
    String address = "http://127.0.0.1:%d/publicapi/emitters/audit/log%s";
    String credentials = Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));
    return HttpRequest.newBuilder(URI.create(address.formatted(gateway.port(), query)))
        .timeout(Duration.ofMinutes(10))
        .header("Authorization", "Basic " + credentials);
  }

  private void write(String brokers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      new TopicProvisioner(admin)
          .ensure(
              List.of(
                  TopicProvisioner.log(TOPICS.audit("log"), 1)
                      .configs(Map.of("retention.ms", "-1")),
                  TopicProvisioner.compacted(TOPICS.emitters())));
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", brokers, "linger.ms", 5, "batch.size", 128 << 10);
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      String definition =
          "{\"type\":\"Audit\",\"topics\":[[\"a\"]],\"owner\":\"admin\",\"parameters\":{}}";
      producer
          .send(
              new ProducerRecord<>(
                  TOPICS.emitters(), "log".getBytes(UTF_8), definition.getBytes(UTF_8)))
          .get();
      ChainLink link = ChainLink.START;
      for (int i = 0; i < entries; i++) {
        byte[] event =
            "{\"id\":\"%d\",\"type\":\"t\",\"source\":\"/s\",\"data\":\"%s\"}"
                .formatted(i, "x".repeat(800))
                .getBytes(UTF_8);
        AuditEntry entry = link.next(START.plusMillis(i), event);
        var unused =
            producer.send(AuditRecords.write(TOPICS.audit("log"), entry, new AuditSource("t", i)));
        link = entry.link();
      }
    }
  }
}
