package io.millrace.gateway;

import static io.millrace.gateway.DesClient.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.NodeProject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The WebSocket of DES, as a client sees it that we did not write. */
class DesSocketIT {

  private static RunningGateway gateway;
  private static NodeProject node;

  @BeforeAll
  static void start() throws Exception {
    gateway = gateway(KafkaFixture.uniqueName("des"), Map.of());
    node = DesClient.scripts();
  }

  private static RunningGateway gateway(String prefix, Map<String, String> more) throws Exception {
    return new RunningGateway(KafkaFixture.shared().bootstrapServers(), prefix, more);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void publish(String topic, String id, String type, String data) throws Exception {
    publish(gateway, topic, id, type, data);
  }

  private static void publish(RunningGateway to, String topic, String id, String type, String data)
      throws Exception {
    String event =
        "{\"specversion\":\"1.0.1\",\"id\":\"%s\",\"source\":\"/des\",\"type\":\"%s\",\"data\":%s,\"topicpath\":\"%s\"}"
            .formatted(id, type, data, topic);
    HttpResponse<String> answer = to.send(to.post("/publicapi/event", event));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(RunningGateway.json(answer).path("data").path("id").asText()).isEqualTo(id);
  }

  @Test
  void theSessionsStartComesFirst() throws Exception {
    String query = "topics=%5B%5Bservice%5D%2C%20%5Benvironment%5D%5D&clientId=c1&name=n&version=2";
    try (DesClient client = DesClient.open(node, gateway, query)) {
      JsonNode started = client.message("WebSessionStarted");
      assertThat(client.lines().get(0).has("open")).isTrue();
      assertThat(client.lines().get(1).path("message")).isEqualTo(started);
      assertThat(started.path("specversion").asText()).isEqualTo("1.0");
      assertThat(started.path("user").asText()).isEqualTo("admin");
      assertThat(started.path("ip").asText()).isEqualTo("127.0.0.1");
      assertThat(started.path("topicpath").asText()).isEqualTo("websession");
      JsonNode data = started.path("data");
      assertThat(data.path("timeout").asInt()).isEqualTo(5);
      assertThat(data.path("clientId").asText()).isEqualTo("c1");
      assertThat(data.path("productName").asText()).isEqualTo("n");
      assertThat(data.path("productVersion").asText()).isEqualTo("2");
      assertThat(data.path("sessionId").asText()).isNotEmpty();
      assertThat(data.has("browserId")).isTrue();
    }
  }

  @Test
  void twoClientsGetWhatEachOfThemWants() throws Exception {
    String small =
        "topics=" + encoded("[[\"service\",\"two\"]]") + "&filter=" + encoded("amount<10");
    try (DesClient all = DesClient.open(node, gateway, "topics=" + encoded("[[service,two]]"));
        DesClient some = DesClient.open(node, gateway, small + "&messages=" + encoded("[A]"))) {
      all.message("WebSessionStarted");
      some.message("WebSessionStarted");
      publish("service/two/x", "two-1", "A", "{\"amount\":100}");
      publish("service/two", "two-2", "A", "{\"amount\":1}");
      publish("service/two", "two-3", "B", "{\"amount\":1}");
      publish("service/three", "two-4", "A", "{\"amount\":1}");
      publish("service/two", "two-5", "A", "{\"amount\":2}");
      all.event("two-5");
      some.event("two-5");
      assertThat(ids(all)).containsExactly("two-1", "two-2", "two-3", "two-5");
      assertThat(ids(some)).containsExactly("two-2", "two-5");
      JsonNode first = all.event("two-1");
      assertThat(first.path("data").path("amount").asInt()).isEqualTo(100);
      assertThat(first.path("user").asText()).isEqualTo("admin");
      assertThat(first.path("specversion").asText()).isEqualTo("1.0");
    }
  }

  private static List<String> ids(DesClient client) {
    return client.lines().stream()
        .map(each -> each.path("message"))
        .filter(each -> each.has("specversion"))
        .filter(each -> !each.path("type").asText().startsWith("WebSession"))
        .map(each -> each.path("id").asText())
        .toList();
  }

  @Test
  void topicsChangeAtAnyTime() throws Exception {
    try (DesClient client = DesClient.open(node, gateway, "topics=" + encoded("[[task,one]]"))) {
      client.message("WebSessionStarted");
      publish("task/two", "change-0", "A", "{}");
      client.say("{\"type\":\"subscribe\",\"data\":{\"topics\":[[\"task\",\"two\"]]}}");
      client.say("{\"type\":\"ping\"}");
      client.message("pong");
      publish("task/two", "change-1", "A", "{}");
      client.event("change-1");
      client.say("{\"type\":\"unsubscribe\",\"data\":{\"topics\":[[\"task\",\"two\"]]}}");
      client.say("{\"type\":\"ping\"}");
      await().atMost(Duration.ofSeconds(60)).until(() -> client.messages("pong").size() == 2);
      publish("task/two", "change-2", "A", "{}");
      publish("task/one", "change-3", "A", "{}");
      client.event("change-3");
      assertThat(ids(client)).containsExactly("change-1", "change-3");
    }
  }

  @Test
  void badMessagesAreAnsweredAndTheSessionGoesOn() throws Exception {
    try (DesClient client = DesClient.open(node, gateway, "topics=" + encoded("[[task,bad]]"))) {
      client.message("WebSessionStarted");
      client.say("no JSON");
      client.say("[1]");
      client.say("{\"type\":\"dance\"}");
      client.say("{\"type\":\"subscribe\"}");
      client.say("{\"type\":\"subscribe\",\"data\":{\"topics\":[[\"a\",\"\"],\"b\"]}}");
      client.say("!binary");
      await().atMost(Duration.ofSeconds(60)).until(() -> client.messages("error").size() == 6);
      assertThat(client.messages("error").get(4).toString())
          .contains("data.topics[0]", "data.topics[1]", "malformed");
      client.say("!ping");
      client.line(each -> each.has("pong"));
      publish("task/bad", "bad-1", "A", "{}");
      client.event("bad-1");
    }
  }

  @Test
  void aHandshakeThatIsWrongIsRefusedWithEverything() throws Exception {
    try (DesClient none = DesClient.open(node, gateway, "clientId=x")) {
      JsonNode refused = none.line(each -> each.has("refused"));
      assertThat(refused.path("refused").asInt()).isEqualTo(400);
      assertThat(refused.path("body").path("error").get(0).path("systemMessage").asText())
          .startsWith("topics is missing");
    }
    String query =
        "topics=" + encoded("[service]") + "&filter=" + encoded("amount >") + "&messages=x&after=y";
    try (DesClient wrong = DesClient.open(node, gateway, query)) {
      JsonNode refused = wrong.line(each -> each.has("refused"));
      assertThat(refused.path("body").path("error")).hasSize(4);
      assertThat(refused.toString())
          .contains("topics must be", "line 1", "column", "messages", "after");
    }
    try (DesClient nobody = DesClient.open(node, gateway, "/events?topics=[]", "{}", "[]")) {
      assertThat(nobody.line(each -> each.has("refused")).path("refused").asInt()).isEqualTo(401);
    }
  }

  @Test
  void aPageShowsItsTokenInTheQuery(@TempDir Path folder) throws Exception {
    Path users = folder.resolve("users.yaml");
    String sha256 = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
    Files.writeString(users, "tokens: [{name: ann, sha256: " + sha256 + ", roles: []}]");
    Map<String, String> settings = Map.of("auth.users.file", users.toString());
    String headers = "{\"Origin\":\"https://elsewhere.example\"}";
    try (RunningGateway own = gateway(KafkaFixture.uniqueName("des"), settings);
        DesClient page =
            DesClient.open(
                node,
                own,
                "/events?access_token=secret&topics=" + encoded("[[service]]"),
                headers,
                "[\"cloudevents.json\",\"other\"]")) {
      assertThat(page.message("WebSessionStarted").path("user").asText()).isEqualTo("ann");
      assertThat(page.lines().get(0).path("open").asText()).isEqualTo("cloudevents.json");
    }
  }

  @Test
  void whatOthersDoIsToldOnTheTopicWebsession() throws Exception {
    String topics = "topics=" + encoded("[[websession]]");
    try (DesClient watcher = DesClient.open(node, gateway, topics + "&clientId=watcher")) {
      watcher.message("WebSessionStarted");
      try (DesClient other = DesClient.open(node, gateway, topics + "&clientId=other")) {
        String session = other.message("WebSessionStarted").path("data").path("sessionId").asText();
        JsonNode told = watcher.line(each -> about(each, "WebSessionStarted", session));
        assertThat(told.path("message").path("data").path("clientId").asText()).isEqualTo("other");
        assertThat(told.path("message").path("streamposition").asText()).startsWith("des:0:");
        other.say("!close");
        watcher.line(each -> about(each, "WebSessionClosed", session));
        assertThat(other.messages("WebSessionStarted")).hasSize(1);
      }
    }
  }

  private static boolean about(JsonNode line, String type, String session) {
    JsonNode message = line.path("message");
    return message.path("type").asText().equals(type)
        && message.path("data").path("sessionId").asText().equals(session);
  }

  @Test
  void whoSaysNothingIsSentAway() throws Exception {
    try (RunningGateway own =
            gateway(KafkaFixture.uniqueName("des"), Map.of("des.socket.idle.timeout.ms", "3000"));
        DesClient quiet = DesClient.open(node, own, "topics=" + encoded("[[service]]"));
        DesClient pinging = DesClient.open(node, own, "topics=" + encoded("[[websession]]"))) {
      assertThat(quiet.message("WebSessionStarted").path("data").path("timeout").asDouble())
          .isEqualTo(0.05);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                pinging.say("{\"type\":\"ping\"}");
                return quiet.lines().stream().anyMatch(each -> each.has("close"));
              });
      assertThat(quiet.message("WebSessionTerminate").path("data").path("reason").asText())
          .contains("no message");
      assertThat(quiet.line(each -> each.has("close")).path("close").asInt()).isEqualTo(1008);
      pinging.message("WebSessionTerminate");
      pinging.message("WebSessionClosed");
    }
  }
}
