package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events go round: in by HTTP on one Millrace, and by the source connector into another. */
@Timeout(300)
class AcronisSourceIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
  private static final String TOPIC = "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0";
  private static final String TENANT = "ede9f834-70b3-476c-83d9-736f9f8c7dae";
  private static final String API = "/api/event_manager/v1";
  private static final Set<String> OF_THE_LOG = Set.of("ingest_time", "previous", "sequence");

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void eventsOfOneMillraceAreTheSameInAnother() throws Exception {
    try (StandaloneProcess from = StandaloneProcess.start("up", folder.resolve("from"));
        StandaloneProcess to = StandaloneProcess.start("up", folder.resolve("to"))) {
      List<JsonNode> published = List.of(event(1, "{\"n\": 1, \"l\": [null, \"ü\"]}"), large(2));
      for (JsonNode each : published) {
        ok(post(from.gateway(), "/publicapi/acronis/topics/" + TOPIC + "/events", each), 201);
      }
      ok(
          put(
              to.connect().resolve("/connectors/acronis/config"),
              JSON.readTree(config(from.gateway()))),
          201);
      ok(post(to.gateway(), API + "/subscriptions", JSON.readTree(subscription())), 201);
      assertThat(events(to.gateway(), 1).get(0)).isEqualTo(published.get(0));
      JsonNode second = events(to.gateway(), 2).get(1);
      assertThat(second.path("id")).isEqualTo(published.get(1).path("id"));
      URI data = URI.create(second.path("data_ref").textValue());
      assertThat(data.getPort()).as("kept here by now").isEqualTo(to.gateway().getPort());
      assertThat(JSON.readTree(send(request(data)).body()))
          .isEqualTo(published.get(1).path("data"));
    }
  }

  private static String config(URI gateway) {
    return """
        {"connector.class": "io.millrace.source.acronis.AcronisSourceConnector",
         "key.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "value.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "header.converter": "org.apache.kafka.connect.converters.ByteArrayConverter",
         "stream": "acronis-tenant", "url": "%s", "data.fetch": "true",
         "identity.type": "basic", "identity.username": "admin", "identity.password": "admin",
         "subscription.id": "454e9a51-2207-4a2c-9db4-6ca168ac9597",
         "subscription.create": "true", "subscription.topic.id": "%s",
         "subscription.types": "cti.a.p.em.event.v1.0~a.p.tenant.*",
         "subscription.tenant.id": "%s", "subscription.tenant.depth": "all"}
        """
        .formatted(gateway, TOPIC, TENANT);
  }

  private static String subscription() {
    return """
        {"subscription_id": "fd02a25c-fcb0-42a0-a5ce-56c1131db356", "topic_id": "%s",
         "types": ["cti.a.p.em.event.v1.0~a.p.tenant.*"], "tenant_id": "%s", "tenant_depth": "ALL"}
        """
        .formatted(TOPIC, TENANT);
  }

  private static ObjectNode large(int number) throws Exception {
    return event(number, "{\"large\": \"%s\"}".formatted("x".repeat(100_000)));
  }

  private static ObjectNode event(int number, String data) throws Exception {
    ObjectNode event =
        (ObjectNode)
            JSON.readTree(
                """
                {"id": "9251fdc0-eb78-49b6-acaa-ed258074e4f%d",
                 "type": "cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0",
                 "time": "2024-10-01T11:01:16Z", "source": "account-server",
                 "subject": "692ff7d2-8505-44ed-82b0-e82ee8d42ef2",
                 "subject_type": "cti.a.p.tenant.v1.0", "tenant_id": "%s",
                 "trace_parent": "a6771d65-51cd-11ec-bf63-0242ac130002"}
                """
                    .formatted(number, TENANT));
    event.set("data", JSON.readTree(data));
    return event;
  }

  /** What the other Millrace hands out, without what its log says of it. */
  private List<JsonNode> events(URI gateway, int count) {
    URI poll =
        gateway.resolve(
            API
                + "/events?subscription_id=fd02a25c-fcb0-42a0-a5ce-56c1131db356&consumer_id=me"
                + "&offset=0&timeout=PT5S");
    List<JsonNode> events = new ArrayList<>();
    await("events on the other side")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              HttpResponse<String> answer = send(request(poll));
              events.clear();
              if (answer.statusCode() == 200) {
                JSON.readTree(answer.body()).path("events").forEach(events::add);
              }
              return events.size() >= count;
            });
    events.forEach(each -> ((ObjectNode) each).remove(OF_THE_LOG));
    return events;
  }

  private HttpResponse<String> post(URI base, String path, JsonNode body) throws Exception {
    return send(
        request(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpResponse<String> put(URI uri, JsonNode body) throws Exception {
    return send(
        request(uri)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  private static void ok(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, status);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", ADMIN);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
