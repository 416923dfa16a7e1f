package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.standalone.WebhookReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole, as its user has it: a process, a folder of emitters, HTTP in and HTTP out. */
class EndToEndIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private WebhookReceiver receiver;
  private Path data;

  @BeforeEach
  void writeEmitters() throws IOException {
    receiver = new WebhookReceiver();
    data = folder.resolve("data");
    Path emitters = Files.createDirectories(data.resolve("system-emitters"));
    Files.writeString(
        emitters.resolve("everything.json"),
        """
        { "type": "File", "parameters": { "path": "%s", "rolling": true } }
        """
            .formatted(folder.resolve("logs/everything.log")));
    Files.writeString(
        emitters.resolve("console.json"),
        """
        { "type": "Console", "topics": [["transaction"]], "parameters": { "output": "out" } }
        """);
    Files.writeString(
        emitters.resolve("hook.json"),
        """
        { "type": "Webhook", "topics": [["transaction", "deposit"]], "filter": "amount > 100",
          "parameters": { "url": "%s" } }
        """
            .formatted(receiver.url()));
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @Test
  void anEventReachesWebhookFileAndConsole() throws Exception {
    try (StandaloneProcess millrace = StandaloneProcess.start("up", data)) {
      HttpResponse<String> answer =
          post(
              millrace.gateway().resolve("/services/ServerEvents"),
              """
              {"events":[
                {"topic":"transaction/deposit","data":{"amount":988},
                 "additionalMetadata":{"user":"voltmx"}},
                {"topic":"transaction/deposit","data":{"amount":20}},
                {"topic":"transaction/withdraw","data":{"amount":5000}}]}
              """);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("620004");

      await().atMost(SOON).until(() -> receiver.received().size() == 1);
      Received received = receiver.received().get(0);
      assertThat(received.topic()).isEqualTo("transaction/deposit");
      assertThat(received.body()).isEqualTo("{\"amount\":988}");
      assertThat(received.contentType()).startsWith("application/json");
      await().atMost(SOON).until(() -> fileLines().size() == 3);
      assertThat(fileLines()).anyMatch(line -> line.contains("voltmx"));
      await()
          .atMost(SOON)
          .until(() -> millrace.output().stream().filter(l -> l.contains("amount")).count() == 3);
      assertThat(receiver.received()).as("only what the filter lets through").hasSize(1);

      assertThat(millrace.terminate()).isZero();
    }
  }

  @Test
  void nothingAcceptedIsLostWhenTheProcessIsKilled() throws Exception {
    List<String> accepted = Collections.synchronizedList(new ArrayList<>());
    receiver.answer(503);
    try (StandaloneProcess millrace = StandaloneProcess.start("up", data)) {
      publish(millrace.gateway(), IntStream.range(0, 50), accepted);
      assertThat(accepted).as("taken in while the endpoint is down").hasSize(50);
      await().atMost(SOON).until(() -> fileLines().size() >= 50);
      Thread publisher =
          new Thread(() -> publish(millrace.gateway(), IntStream.range(50, 10_000), accepted));
      publisher.start();
      await().atMost(SOON).until(() -> accepted.size() > 150);
      millrace.kill();
      publisher.join();
    }
    receiver.answer(204);
    try (StandaloneProcess millrace = StandaloneProcess.start("up", data)) {
      await()
          .atMost(SOON.multipliedBy(2))
          .untilAsserted(() -> assertThat(receiver.ids()).containsAll(accepted));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                String written = String.join("\n", fileLines());
                assertThat(accepted).allMatch(id -> written.contains("\"" + id + "\""));
              });
      assertThat(receiver.ids().stream().distinct())
          .as("in order, since they have one key")
          .isSortedAccordingTo((a, b) -> number(a) - number(b));
      assertThat(millrace.terminate()).isZero();
    }
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("event-".length()));
  }

  /** Posts until the gateway is gone, one after the other. */
  private void publish(URI gateway, IntStream numbers, List<String> accepted) {
    numbers
        .mapToObj(number -> "event-" + number)
        .takeWhile(
            id -> {
              try {
                return isAccepted(gateway, id, accepted);
              } catch (IOException e) {
                return false;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
              }
            })
        .forEach(id -> {});
  }

  private boolean isAccepted(URI gateway, String id, List<String> accepted)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/events/transaction/deposit"))
            .header("Authorization", ADMIN)
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", id)
            .header("ce-source", "test")
            .header("ce-type", "deposit")
            .header("ce-partitionkey", "account-1")
            .POST(BodyPublishers.ofString("{\"amount\":1000}"))
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    return status == 200 && accepted.add(id);
  }

  private HttpResponse<String> post(URI uri, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", ADMIN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private List<String> fileLines() throws IOException {
    Path logs = folder.resolve("logs");
    if (!Files.isDirectory(logs)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        assertThat(file.getFileName().toString()).matches("everything-\\d{4}-\\d\\d-\\d\\d\\.log");
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
