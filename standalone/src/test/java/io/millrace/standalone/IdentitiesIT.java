package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.standalone.WebhookReceiver.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret on its whole way: over REST into the file, through Connect to the endpoint. */
class IdentitiesIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger events = new AtomicInteger();

  @Test
  void anEmitterShowsWhatItsIdentityHoldsAndNobodyElseDoes() throws Exception {
    Path data = folder.resolve("data");
    Path emitters = Files.createDirectories(data.resolve("system-emitters"));
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      Files.writeString(
          emitters.resolve("hook.json"),
          """
          { "type": "Webhook", "topics": [["orders"]], "identityRef": "shop",
            "parameters": { "url": "%s" } }
          """
              .formatted(receiver.url()));
      try (StandaloneProcess millrace = StandaloneProcess.start("up", data)) {
        assertThat(millrace.output())
            .filteredOn(line -> line.contains("The key that encrypts identities was made"))
            .hasSize(1);
        put(millrace.gateway(), "s3cret");
        awaitAuthorization(millrace, receiver, basic("ann", "s3cret"));
        put(millrace.gateway(), "n3w-s3cret");
        awaitAuthorization(millrace, receiver, basic("ann", "n3w-s3cret"));
        assertThat(String.join("\n", millrace.output())).doesNotContain("s3cret");
        assertThat(millrace.terminate()).isZero();
      }
    }
    assertThat(Files.readString(data.resolve("log/millrace.log"))).doesNotContain("s3cret");
  }

  private void awaitAuthorization(
      StandaloneProcess millrace, WebhookReceiver receiver, String authorization) {
    await(authorization)
        .atMost(SOON)
        .until(
            () -> {
              publish(millrace.gateway());
              return receiver.received().stream()
                  .map(Received::authorization)
                  .anyMatch(authorization::equals);
            });
  }

  private void publish(URI gateway) throws Exception {
    send(
        HttpRequest.newBuilder(gateway.resolve("/events/orders"))
            .header("ce-specversion", "1.0")
            .header("ce-id", "event-" + events.incrementAndGet())
            .header("ce-source", "test")
            .header("ce-type", "order")
            .POST(BodyPublishers.ofString("{}")));
  }

  private void put(URI gateway, String password) throws Exception {
    send(
        HttpRequest.newBuilder(gateway.resolve("/publicapi/identities/shop"))
            .PUT(
                BodyPublishers.ofString(
                    "{\"type\":\"basic\",\"username\":\"ann\",\"password\":\"%s\"}"
                        .formatted(password))));
  }

  private void send(HttpRequest.Builder request) throws Exception {
    var answer =
        client.send(
            request
                .header("Authorization", basic("admin", "admin"))
                .header("Content-Type", "application/json")
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    assertThat(answer.body()).doesNotContain("s3cret");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }
}
