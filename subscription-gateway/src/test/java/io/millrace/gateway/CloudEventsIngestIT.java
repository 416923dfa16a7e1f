package io.millrace.gateway;

import static io.millrace.gateway.RunningGateway.basic;
import static io.millrace.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.millrace.fixtures.KafkaFixture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsIngestIT {

  // bcrypt of "pass", cost 4; sha256 of "letmein".
  private static final String USERS =
      """
      users:
        - name: ann
          password: %s
          tenant: t1
          clientId: shop
        - name: relay
          password: %s
          roles: [publisher-trusted]
      tokens:
        - name: robot
          sha256: 1c8bfe8f801d79745c4631d09fff36c82aa37fc4cce4fc946683d7b336b63032
      """;

  @TempDir static Path folder;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    String hash =
        at.favre.lib.crypto.bcrypt.BCrypt.withDefaults().hashToString(4, "pass".toCharArray());
    Path users = Files.writeString(folder.resolve("users.yaml"), USERS.formatted(hash, hash));
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("events"),
            Map.of("auth.users.file", users.toString(), "stream.events.topics", "events,shop"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void takesBinaryEvents() throws Exception {
    HttpResponse<String> response =
        gateway.send(
            binary("/events")
                .header("ce-subject", "caf%C3%A9 \"x\"")
                .header("ce-Ip", "6.6.6.6")
                .header("ce-user", "forged")
                .header("ce-partitionkey", "k1")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .POST(BodyPublishers.ofString("{\"amount\":1.10}")));

    assertThat(response.statusCode()).isEqualTo(200);
    CloudEvent event = last("events");
    JsonNode receipt = json(response).path("events").path(0);
    assertThat(receipt.path("id").textValue()).isEqualTo("e-1");
    assertThat(receipt.path("stream").textValue()).isEqualTo("events");
    assertThat(receipt.path("position").longValue()).isEqualTo(gateway.records("events").size());
    assertThat(event.getSubject()).isEqualTo("café \"x\"");
    assertThat(text(event)).isEqualTo("{\"amount\":1.10}");
    assertThat(event.getExtension("ip")).isEqualTo("127.0.0.1");
    assertThat(event.getExtension("user")).isEqualTo("ann");
    assertThat(event.getExtension("tenantid")).isEqualTo("t1");
    assertThat(event.getExtension("app")).isEqualTo("shop");
    assertThat(event.getExtension("topicpath")).isEqualTo("events");
    assertThat(event.getExtension("traceparent").toString()).startsWith("00-0af7");
    byte[] key = gateway.records("events").get(gateway.records("events").size() - 1).key();
    assertThat(key).isEqualTo("k1".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void believesTrustedPublishers() throws Exception {
    gateway.send(
        binary("/events")
            .setHeader("Authorization", basic("relay", "pass"))
            .header("ce-user", "bob@example.com")
            .header("ce-ip", "6.6.6.6")
            .POST(BodyPublishers.noBody()));

    CloudEvent event = last("events");
    assertThat(event.getExtension("user")).isEqualTo("bob@example.com");
    assertThat(event.getExtension("ip")).isEqualTo("6.6.6.6");
    assertThat(event.getData()).isNull();
  }

  @Test
  void takesStructuredEventsAsDesPrintsThem() throws Exception {
    String body =
        """
        {"id":"1","source":"acme.trisotech.com","type":"Started","specversion":"1.0.1",
         "time":"2026-01-01T00:00:00Z","Ip":"1.2.3.4","data":{"n":10.00}}
        """;

    HttpResponse<String> response =
        gateway.send(
            authorized("/events/service/production")
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(200);
    CloudEvent event = last("des");
    assertThat(event.getExtension("topicpath")).isEqualTo("service/production");
    assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
    assertThat(text(event)).isEqualTo("{\"n\":10.00}");
  }

  @Test
  void takesBatchesInTheirOrder() throws Exception {
    String body =
        """
        [{"id":"1","source":"/s","type":"A","specversion":"1.0","topicpath":"task/a","data":"x"},
         {"id":"2","source":"/s","type":"B","specversion":"1.0","datacontenttype":"text/plain",
          "data":"plain"},
         {"id":"3","source":"/s","type":"C","specversion":"1.0","data_base64":"AAEC",
          "datacontenttype":"application/octet-stream"}]
        """;

    HttpResponse<String> response = gateway.send(batch("/events/shop", body));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode events = json(response).path("events");
    assertThat(events.path(0).path("stream").textValue()).isEqualTo("des");
    assertThat(events.path(2).path("position").longValue())
        .isEqualTo(events.path(1).path("position").longValue() + 1);
    List<CloudEvent> stored = gateway.stream("events");
    assertThat(text(stored.get(stored.size() - 2))).isEqualTo("plain");
    assertThat(last("events").getData().toBytes()).containsExactly(0, 1, 2);
    assertThat(last("events").getExtension("topicpath")).isEqualTo("shop");
  }

  @Test
  void writesNothingOfABatchThatIsHalfBad() throws Exception {
    int before = gateway.stream("events").size();
    String body =
        """
        [{"id":"1","source":"/s","type":"A","specversion":"1.0"},
         {"id":"2","type":"B","specversion":"1.0","time":"noon"}]
        """;

    HttpResponse<String> response = gateway.send(batch("/events", body));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").findValuesAsText("systemMessage"))
        .containsExactlyInAnyOrder(
            "events[1].source is missing", "events[1].time must be a time as RFC 3339 writes it");
    assertThat(gateway.stream("events")).hasSize(before);
  }

  @Test
  void refusesUnknownTopics() throws Exception {
    HttpResponse<String> response =
        gateway.send(binary("/events/nobody/claims").POST(BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(json(response).path("error").path(0).path("code").textValue())
        .isEqualTo("unknown_topic");
    assertThat(response.body()).contains("event.topicpath is unknown: nobody/claims");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/cloudevents+json       | {   | 400 | body is no JSON",
        "application/cloudevents+json       | 7   | 400 | event must be a JSON object",
        "application/cloudevents+json       | {}  | 400 | event.id is missing",
        "application/cloudevents-batch+json | {}  | 400 | body must be a JSON array",
        "application/cloudevents+avro       | x   | 415 | Content-Type must be",
        "application/json                   | {}  | 400 | ce-specversion is missing",
      })
  void refusesBadBodies(String type, String body, int status, String message) throws Exception {
    HttpResponse<String> response =
        gateway.send(
            authorized("/events").header("Content-Type", type).POST(BodyPublishers.ofString(body)));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(message);
  }

  @Test
  void refusesDataThatIsNotTheJsonItClaimsToBe() throws Exception {
    HttpResponse<String> response =
        gateway.send(
            binary("/events")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{oops")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("event.data is not the JSON");
  }

  @Test
  void takesTokensInEitherHeader() throws Exception {
    for (String header : List.of("Authorization", "X-VoltMX-Authorization")) {
      HttpResponse<String> response =
          gateway.send(
              binary("/events")
                  .setHeader("Authorization", "Bearer letmein")
                  .setHeader(header, header.startsWith("X") ? "letmein" : "Bearer letmein")
                  .POST(BodyPublishers.noBody()));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(last("events").getExtension("user")).isEqualTo("robot");
    }
  }

  @Test
  void refusesThoseWhoDoNotSayWhoTheyAre() throws Exception {
    HttpResponse<String> response =
        gateway.send(gateway.to("/events").POST(BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(json(response).path("error").path(0).path("code").textValue())
        .isEqualTo("unauthenticated");
  }

  @Test
  void grantsWebhooks() throws Exception {
    HttpResponse<String> response =
        gateway.send(
            gateway
                .to("/events")
                .header("WebHook-Request-Origin", "eventemitter.example.com")
                .header("WebHook-Request-Rate", "120")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    assertThat(response.headers().firstValue("WebHook-Allowed-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("WebHook-Allowed-Rate")).hasValue("*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE"})
  void refusesOtherMethods(String method) throws Exception {
    HttpResponse<String> response =
        gateway.send(gateway.to("/events").method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
  }

  @Test
  void saysThatWhoGetsItsAddressWantsAWebSocket() throws Exception {
    HttpResponse<String> response = gateway.send(gateway.to("/events?topics=x").GET());

    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(response.headers().firstValue("Upgrade")).hasValue("websocket");
    assertThat(response.body()).contains("this address is a WebSocket's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/eventsandmore", "/services", "/ServerEvents/x"})
  void knowsNoOtherPaths(String path) throws Exception {
    HttpResponse<String> response = gateway.send(gateway.to(path).GET());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("error").path(0).path("code").textValue())
        .isEqualTo("not_found");
  }

  @Test
  // The SDK leaves percent encoding to its caller.
  void understandsTheCloudEventsSdk() throws Exception {
    CloudEvent sent =
        CloudEventBuilder.v1()
            .withId("sdk")
            .withSource(URI.create("urn:sdk"))
            .withType("Sdk")
            .withSubject("50%25 off")
            .withExtension("topicpath", "shop/a")
            .withData("text/plain", "hello".getBytes(StandardCharsets.UTF_8))
            .build();
    HttpRequest.Builder request = authorized("/events");
    HttpMessageFactory.createWriter(
            request::header,
            body -> request.POST(BodyPublishers.ofByteArray(body == null ? new byte[0] : body)))
        .writeBinary(sent);

    assertThat(gateway.send(request).statusCode()).isEqualTo(200);

    assertThat(last("events").getSubject()).isEqualTo("50% off");
    assertThat(text(last("events"))).isEqualTo("hello");
  }

  private static HttpRequest.Builder authorized(String path) {
    return gateway.to(path).header("Authorization", basic("ann", "pass"));
  }

  private static HttpRequest.Builder binary(String path) {
    return authorized(path)
        .header("ce-specversion", "1.0")
        .header("ce-id", "e-1")
        .header("ce-source", "/s")
        .header("ce-type", "T");
  }

  private static HttpRequest.Builder batch(String path, String body) {
    return authorized(path)
        .header("Content-Type", "application/cloudevents-batch+json")
        .POST(BodyPublishers.ofString(body));
  }

  private static CloudEvent last(String stream) throws Exception {
    List<CloudEvent> stored = gateway.stream(stream);
    return stored.get(stored.size() - 1);
  }

  private static String text(CloudEvent event) {
    return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
  }
}
