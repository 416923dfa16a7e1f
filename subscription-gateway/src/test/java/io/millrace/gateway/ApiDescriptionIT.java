package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.NodeProject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiDescriptionIT {

  private static final String CLOUD_EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{}}";

  private static RunningGateway gateway;
  private static DescribedApi api;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    Path keyFile = Files.writeString(folder.resolve("key"), key);
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            "api-description",
            Map.of(
                "identities.file", folder.resolve("identities").toString(),
                "identities.key.file", keyFile.toString()));
    api = DescribedApi.at(gateway.gateway.port());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void describesEverythingThatIsServedAndNothingElse() {
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.document().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getKey().equals("parameters")) {
          described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    List<String> served = new ArrayList<>(gateway.gateway.served());
    served.remove("GET /publicapi/doc/openapi.json");
    served.addAll(
        List.of(
            "POST /events",
            "OPTIONS /events",
            "POST /events/{topic}",
            "POST /services/ServerEvents",
            "GET /openapi.json",
            "GET /publicapi/doc"));
    assertThat(described).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void describesPublishing() throws Exception {
    for (String path : List.of("/events", "/events/shop")) {
      for (String body : List.of(CLOUD_EVENT, "{}", "{")) {
        HttpResponse<String> answer =
            gateway.send(
                gateway.post(path, body).header("Content-Type", "application/cloudevents+json"));
        api.check("POST", null, answer);
      }
    }
    for (String body : List.of("{\"events\":[{\"topic\":\"a\",\"data\":1}]}", "{}", "[")) {
      HttpResponse<String> answer = gateway.send(gateway.post("/services/ServerEvents", body));
      api.check("POST", body, answer);
    }
    for (String body : List.of(CLOUD_EVENT, "{}", "[")) {
      HttpResponse<String> answer = gateway.send(gateway.post("/publicapi/event", body));
      api.check("POST", body, answer);
    }
    api.check("POST", null, gateway.send(gateway.to("/events").POST(BodyPublishers.noBody())));
  }

  @Test
  void isReadableByEverybody() throws Exception {
    HttpResponse<String> page = gateway.send(gateway.to("/publicapi/doc").GET());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains("/api/event_manager/v1/topics/{topicId}/offsets", "subscription_id*");
    HttpResponse<String> refused = gateway.send(gateway.to("/publicapi/doc/openapi.json").GET());
    assertThat(refused.statusCode()).as("under the public API itself").isEqualTo(401);
  }

  @Test
  void passesTheLinter(@TempDir Path folder) throws Exception {
    NodeProject linter =
        NodeProject.install(Path.of("src/test/openapi"), Path.of("target/openapi-lint"));
    Path document = Files.writeString(folder.resolve("openapi.json"), api.document().toString());
    NodeProject.Result result = linter.run(120, "lint.mjs", List.of(document.toString()));
    assertThat(result.exit()).as(result.output()).isZero();
  }
}
