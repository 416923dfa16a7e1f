package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunIT {

  private static final String PATH = "/emitters/definitions/dry-run";
  private static final String DEFINITION =
      """
      {"type":"Webhook","topics":[["bank"]],"filter":"amount > 10","identityRef":"hooks",
       "parameters":{"url":"http://hooks.example/in","mode":"%s","subject":"ü",
                     "headers":{"X-Token":"hush","X-Shop":"one"}}}
      """;

  @TempDir static Path folder;

  private static RunningGateway gateway;
  private static PublicUser ada;
  private static PublicUser root;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("dryrun"),
            Map.of(
                "auth.users.file",
                PublicUser.usersFile(folder).toString(),
                "stream.bank.topics",
                "bank",
                "stream.rest.topics",
                "secret,many",
                "catalogue.file",
                Catalogues.open(folder, "bank").toString()));
    ada = new PublicUser(gateway.gateway.port(), "ada");
    root = new PublicUser(gateway.gateway.port(), "root");
    publish("bank/in", "{\"amount\":5}", 1);
    publish("secret", "{\"amount\":50}", 2);
    publish("bank/out", "{\"amount\":20}", 3);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void saysWhichOfTheNewestEventsWouldBeEmittedAndWhy() throws Exception {
    Answer answer = ada.post(PATH, body("binary", ""));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    JsonNode data = answer.data();
    // The secret one is not ada's to see, not even as one that is not emitted.
    assertThat(data.path("read").intValue()).isEqualTo(2);
    assertThat(data.path("emitted").intValue()).isOne();
    assertThat(data.path("complete").booleanValue()).isTrue();
    assertThat(data.at("/events/0/reasons/0").textValue()).contains("amount is 5");
    assertThat(data.at("/events/0/request").isMissingNode()).isTrue();
    JsonNode request = data.at("/events/1/request");
    assertThat(request.path("method").textValue()).isEqualTo("POST");
    assertThat(request.path("url").textValue()).isEqualTo("http://hooks.example/in");
    assertThat(request.at("/headers/ce-id").textValue()).isEqualTo("3");
    assertThat(request.at("/headers/ce-subject").textValue()).isEqualTo("%C3%BC");
    assertThat(request.at("/headers/X-Shop").textValue()).isEqualTo("one");
    assertThat(request.path("body").textValue()).isEqualTo("{\"amount\":20}");
    assertThat(request.path("identityRef").textValue()).isEqualTo("hooks");
    assertThat(answer.response().body()).doesNotContain("hush");
  }

  @Test
  void looksAtTheNewestOnly() throws Exception {
    JsonNode data = root.post(PATH, body("binary", ",\"last\":1")).data();
    assertThat(data.path("read").intValue()).isOne();
    assertThat(data.at("/events/0/id").textValue()).isEqualTo("3");
    assertThat(root.post(PATH, body("binary", "")).data().path("read").intValue()).isEqualTo(3);
  }

  @Test
  void triesAGivenEvent() throws Exception {
    String event = ",\"event\":{\"type\":\"t\",\"topicpath\":\"bank\",\"data\":{\"amount\":11}}";
    JsonNode verdict = ada.post(PATH, body("structured", event)).data().at("/events/0");
    assertThat(verdict.path("emitted").booleanValue()).isTrue();
    assertThat(verdict.at("/request/headers/content-type").textValue())
        .isEqualTo("application/cloudevents+json");
    assertThat(verdict.at("/request/body").textValue())
        .contains("\"specversion\":\"1.0\"")
        .contains("\"data\":{\"amount\":11}");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() throws Exception {
    Answer refused =
        ada.post(
            PATH,
            "{\"last\":0,\"event\":{},\"first\":1,\"definition\":{\"type\":\"File\",\"filter\":\"a >\"}}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages())
        .anyMatch(each -> each.startsWith("first is not known here"))
        .anyMatch(each -> each.startsWith("last must be a whole number between 1 and 1000"))
        .anyMatch(each -> each.startsWith("event is no CloudEvent"))
        .anyMatch(each -> each.startsWith("definition.type must be one of"))
        .anyMatch(each -> each.startsWith("definition.topics is required"))
        .anyMatch(each -> each.startsWith("definition.filter "))
        .anyMatch(each -> each.startsWith("definition.parameters.path is required"))
        .noneMatch(each -> each.contains("\n"))
        .hasSize(7);
    assertThat(ada.post(PATH, "{}").messages()).containsExactly("definition is required");
  }

  private static String body(String mode, String more) {
    return "{\"definition\":" + DEFINITION.formatted(mode) + more + "}";
  }

  private static void publish(String topic, String data, int id) throws Exception {
    var response =
        gateway.send(
            gateway
                .to("/events/" + topic)
                .header("Authorization", "Bearer root")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", Integer.toString(id))
                .header("ce-source", "shop")
                .header("ce-type", "t")
                .POST(BodyPublishers.ofString(data)));
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
  }
}
