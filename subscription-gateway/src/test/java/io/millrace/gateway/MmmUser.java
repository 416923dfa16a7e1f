package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Somebody who raises and follows events of MMM.
 *
 * @param authorization as in the header
 */
record MmmUser(int port, String authorization) {

  static final String FIELDS = "events { id timestamp entityId entityType entityStatus }";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An id of a subscription that nobody has. */
  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** Raises events of entities {@code from} to {@code to}, in one batch. */
  void raise(String entityType, long from, long to) throws Exception {
    raise(LongStream.rangeClosed(from, to).mapToObj(n -> data(entityType, "" + n)).toList());
  }

  static ObjectNode data(String entityType, String entityId) {
    return JSON.createObjectNode()
        .put("entityId", entityId)
        .put("entityType", entityType)
        .put("entityStatus", "CREATED");
  }

  void raise(List<? extends JsonNode> data) throws Exception {
    ArrayNode batch = JSON.createArrayNode();
    for (JsonNode each : data) {
      batch
          .addObject()
          .put("specversion", "1.0")
          .put("id", newId())
          .put("source", "/test")
          .put("type", "test")
          .put("time", "2021-05-25T09:03:23.730010Z")
          .put("datacontenttype", "application/json")
          .set("data", each);
    }
    HttpResponse<String> response =
        post("/events/mmm/test", "application/cloudevents-batch+json", batch.toString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
  }

  HttpResponse<String> post(String path, String contentType, String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", authorization)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** One operation over HTTP. */
  JsonNode ask(String query, Map<String, ?> variables) throws Exception {
    String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
    return JSON.readTree(post("/graphql", "application/json", body).body());
  }

  JsonNode acknowledge(String id, Object last) throws Exception {
    return ask(
        "mutation ($id: GID!, $last: Long!) {"
            + " _acknowledgeExternalEvents(subscriptionId: $id, lastEventId: $last) }",
        Map.of("id", id, "last", last));
  }

  JsonNode unsubscribe(String id) throws Exception {
    return ask(
        "mutation ($id: GID!) { _unsubscribeExternalEvents(subscriptionId: $id) }",
        Map.of("id", id));
  }

  JsonNode status(String id) throws Exception {
    return ask(
        "query ($id: GID!) { _externalEventsSubscriptionStatus(subscriptionId: $id)"
            + " { subscriptionId undeliveredEventCount status } }",
        Map.of("id", id));
  }

  /** How many events are undelivered, and how the subscription is. */
  String state(String id) throws Exception {
    JsonNode status = status(id).path("data").path("_externalEventsSubscriptionStatus");
    return status.path("undeliveredEventCount").asText() + " " + status.path("status").asText();
  }

  /** Begins to follow; {@code arguments} stand behind the subscription's id. */
  MmmSocket follow(String id, String arguments) throws Exception {
    return follow(id, arguments, FIELDS);
  }

  MmmSocket follow(String id, String arguments, String fields) throws Exception {
    MmmSocket socket = MmmSocket.open(port, authorization);
    socket.subscribe(
        "subscription { _externalEvents(subscriptionId: \"%s\", %s) { %s } }"
            .formatted(id, arguments, fields),
        Map.of());
    return socket;
  }
}
