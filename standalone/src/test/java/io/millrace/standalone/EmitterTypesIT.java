package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker inside serves the types whose endpoints are elsewhere. */
class EmitterTypesIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> rows = new ConcurrentLinkedQueue<>();
  private HttpServer powerBi;

  /** Power BI and its login, as far as one post needs them. */
  @BeforeEach
  void startPowerBi() throws IOException {
    powerBi = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    powerBi.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          if (exchange.getRequestURI().getPath().endsWith("/tables/Orders/rows")) {
            rows.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
          }
          byte[] token = "{\"access_token\":\"t0ken\",\"expires_in\":3600}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    powerBi.start();
  }

  @AfterEach
  void stopPowerBi() {
    powerBi.stop(0);
  }

  @Test
  void kafkaPowerBiAndAuditAreServed() throws Exception {
    String url = "http://127.0.0.1:" + powerBi.getAddress().getPort();
    Path config =
        Files.writeString(
            folder.resolve("millrace.properties"),
            """
            gateway.connector.powerbi.powerbi.base.url=%s
            gateway.connector.powerbi.powerbi.login.url=%s
            """
                .formatted(url, url));
    Path data = folder.resolve("data");
    try (StandaloneProcess millrace =
        StandaloneProcess.start("up", data, "--config", config.toString())) {
      send(
          millrace,
          "PUT",
          "/publicapi/identities/bi",
          """
          {"type":"oauth2","tokenUrl":"%s/token","clientId":"c","clientSecret":"s"}
          """
              .formatted(url));
      writeEmitters(data.resolve("system-emitters"), millrace.kafka());
      Map<String, Object> clients =
          Map.of("bootstrap.servers", millrace.kafka(), "auto.offset.reset", "earliest");
      try (Admin admin = Admin.create(clients)) {
        admin.createTopics(List.of(new NewTopic("orders-copy", 1, (short) 1))).all().get();
      }
      Set<String> filled = new TreeSet<>();
      var text = new StringDeserializer();
      try (var consumer = new KafkaConsumer<>(clients, text, text)) {
        await()
            .atMost(SOON)
            .pollInSameThread()
            .until(
                () -> {
                  publish(millrace);
                  read(consumer, filled);
                  return filled.size() == 2 && !rows.isEmpty();
                });
      }
      assertThat(rows.peek()).startsWith("Bearer t0ken ").contains("\"Amount\":7");
      assertThat(millrace.terminate()).isZero();
    }
  }

  private static void writeEmitters(Path emitters, String brokers) throws IOException {
    Files.writeString(
        emitters.resolve("copy.json"),
        """
        { "type": "Kafka", "topics": [["orders"]],
          "parameters": { "brokers": "%s", "topic": "orders-copy" } }
        """
            .formatted(brokers));
    Files.writeString(
        emitters.resolve("log.json"),
        """
        { "type": "Audit", "topics": [["orders"]], "parameters": {} }
        """);
    Files.writeString(
        emitters.resolve("rows.json"),
        """
        { "type": "PowerBI", "topics": [["orders"]], "messages": ["order"], "identityRef": "bi",
          "parameters": { "id": "d-1", "schema": "Sales", "name": "Orders",
            "columns": [ { "name": "Amount", "type": "Double", "lookup": "amount" } ] } }
        """);
  }

  /** Adds those of both topics that hold an order. */
  private static void read(KafkaConsumer<String, String> consumer, Set<String> filled) {
    Set<String> there = consumer.listTopics().keySet();
    consumer.assign(
        Stream.of("orders-copy", "millrace.audit.log")
            .filter(there::contains)
            .map(topic -> new TopicPartition(topic, 0))
            .toList());
    consumer
        .poll(Duration.ofMillis(200))
        .forEach(
            record -> {
              if (record.value().contains("amount")) {
                filled.add(record.topic());
              }
            });
  }

  private void publish(StandaloneProcess millrace) throws Exception {
    send(
        millrace,
        "POST",
        "/events/orders",
        """
        {"specversion":"1.0","id":"1","source":"test","type":"order","data":{"amount":7}}
        """);
  }

  private void send(StandaloneProcess millrace, String method, String path, String body)
      throws Exception {
    URI uri = millrace.gateway().resolve(path);
    String type = method.equals("POST") ? "application/cloudevents+json" : "application/json";
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", ADMIN)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }
}
