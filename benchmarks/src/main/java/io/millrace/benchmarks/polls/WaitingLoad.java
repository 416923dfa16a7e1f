package io.millrace.benchmarks.polls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Acronis's consumers that all wait in {@code GET /events}, in a process of their own: the gateway
 * with its broker at rest, then woken by each event that is published.
 */
@Command(name = "long-polls", mixinStandardHelpOptions = true)
final class WaitingLoad implements Callable<Integer> {

  static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));

  private static final String TOPIC = "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0";
  private static final String TENANT = "ede9f834-70b3-476c-83d9-736f9f8c7dae";

  @Option(names = "--data", required = true, description = "Empty folder for the broker")
  private Path data;

  @Option(names = "--consumers", split = ",", defaultValue = "1000,10000")
  private List<Integer> consumers;

  @Option(names = "--seconds", defaultValue = "20", description = "At rest, and with events")
  private int seconds;

  @Option(names = "--pause", defaultValue = "1000", description = "Between two events, ms")
  private int pause;

  private final HttpClient http = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // picocli fills the options.
  private WaitingLoad() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new WaitingLoad()).execute(args));
  }

  static String id(int number) {
    return new UUID(1, number).toString();
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(data))) {
      for (int count : consumers) {
        Map<String, String> settings =
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "topic.prefix",
                "load" + count,
                "management.port",
                "-1",
                "http.port",
                "0",
                "subscriptions.max.per.owner",
                "0");
        try (Gateway gateway =
            Gateway.start(new GatewayConfig(settings), new SimpleMeterRegistry())) {
          measure(URI.create("http://localhost:" + gateway.port()), count);
        }
      }
    }
    return 0;
  }

  private void measure(URI gateway, int count) throws IOException, InterruptedException {
    subscribe(gateway, count);
    long before = Jvm.leastHeap(6, 300);
    int threads = Thread.activeCount();
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Consumers.class.getName(),
                Integer.toString(gateway.getPort()),
                Integer.toString(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
      String asked = said.readLine();
      Thread.sleep(5_000); // Until all wait.
      double heap = (Jvm.leastHeap(6, 300) - before) / 1024.0 / count;
      double rest = cores(() -> Thread.sleep(seconds * 1_000L));
      int more = Thread.activeCount() - threads;
      double woken = cores(() -> publish(gateway));
      client.getOutputStream().write('\n');
      client.getOutputStream().flush();
      System.out.printf(
          Locale.ROOT,
          "%,6d consumers (%s): %.1f KB heap each, %d threads more, CPU at rest %.2f, with an event"
              + " every %d ms %.2f cores%n    %s%n",
          count,
          asked,
          heap,
          more,
          rest,
          pause,
          woken,
          said.readLine());
    } finally {
      client.destroy();
    }
  }

  private void subscribe(URI gateway, int count) throws IOException {
    List<CompletableFuture<HttpResponse<Void>>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body =
          """
          {"subscription_id":"%s","topic_id":"%s","types":["cti.a.p.em.event.v1.0~a.p.tenant.*"],
           "tenant_id":"%s","tenant_depth":"CURRENT"}"""
              .formatted(id(i), TOPIC, TENANT);
      asked.add(
          http.sendAsync(
              post(gateway, "/api/event_manager/v1/subscriptions", body),
              BodyHandlers.discarding()));
      if (asked.size() == 200 || i == count - 1) {
        for (CompletableFuture<HttpResponse<Void>> each : asked) {
          if (each.join().statusCode() != 201) {
            throw new IOException("not subscribed: " + each.join().statusCode());
          }
        }
        asked.clear();
      }
    }
  }

  private void publish(URI gateway) throws IOException, InterruptedException {
    for (int i = 0; i < seconds * 1_000 / pause; i++) {
      String body =
          """
          {"id":"%s","type":"cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0","time":"%s",
           "source":"load","tenant_id":"%s","data":{"sent":"%d"}}"""
              .formatted(UUID.randomUUID(), Instant.now(), TENANT, System.nanoTime());
      HttpResponse<String> answer =
          http.send(
              post(gateway, "/publicapi/acronis/topics/" + TOPIC + "/events", body),
              BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException("not published: " + answer.statusCode() + " " + answer.body());
      }
      Thread.sleep(pause);
    }
  }

  private static HttpRequest post(URI gateway, String path, String body) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .header("Authorization", ADMIN)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static double cores(Work work) throws IOException, InterruptedException {
    long cpu = Jvm.cpuNanos();
    long begun = System.nanoTime();
    work.run();
    return (Jvm.cpuNanos() - cpu) / (double) (System.nanoTime() - begun);
  }
}
