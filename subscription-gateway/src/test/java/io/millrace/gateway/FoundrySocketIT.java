package io.millrace.gateway;

import static io.millrace.gateway.FoundryServer.DEVICE;
import static io.millrace.gateway.FoundryServer.OTHER;
import static io.millrace.gateway.FoundryServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.fixtures.NodeProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Foundry's clients say and hear over their WebSocket, by npm's {@code ws}. */
class FoundrySocketIT {

  private static FoundryServer server;
  private static NodeProject node;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    Path catalogue = folder.resolve("catalogue.yaml");
    Files.writeString(catalogue, "topics:\n  - {path: shop/devices/news, clientOnly: true}\n");
    server =
        new FoundryServer(
            folder,
            Map.of(
                "foundry.socket.max.topics", "3",
                "foundry.private.max.clients", "4",
                "catalogue.file", catalogue.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static FoundryClient open(String token) throws Exception {
    return FoundryClient.open(node, server.port(), token, "", false);
  }

  private static FoundryClient named(String token, String uuid) throws Exception {
    return FoundryClient.open(node, server.port(), token, uuid, false);
  }

  private static FoundryClient connect(String query, Map<String, Object> options) throws Exception {
    return FoundryClient.connect(node, server.port(), FoundryClient.PATH + query, options);
  }

  private static void assertReply(JsonNode reply, int code, String succeeded, String failed) {
    assertThat(reply.path("code").intValue()).as("%s", reply).isEqualTo(code);
    assertThat(reply.path("successTopics").toString()).isEqualTo(succeeded);
    assertThat(reply.path("failedTopics").toString()).isEqualTo(failed);
    assertThat(reply.path("message").textValue()).isNotBlank();
  }

  @Test
  void speaksTheShapeOfTheDocument() throws Exception {
    try (FoundryClient client = open(SERVER)) {
      assertReply(
          client.ask("{\"subscribe\":[\"transaction/deposit\",\"transaction/withdraw\"]}"),
          620001,
          "[\"transaction/deposit\",\"transaction/withdraw\"]",
          "[]");
      assertReply(
          client.ask(
              """
              {"events":[{"topic":"transaction/deposit","data":"988",
                          "additionalMetadata":{"amount":"5678","user":"voltmx"}},
                         {"topic":"/transaction/withdraw","data":{"n":1.10}}]}
              """),
          620004,
          "[\"transaction/deposit\",\"/transaction/withdraw\"]",
          "[]");
      await().atMost(Duration.ofSeconds(60)).until(() -> client.pushes().size() == 2);
      List<CloudEvent> stored = server.gateway().stream("foundry");
      assertThat(client.pushes().get(0).toString())
          .isEqualTo(
              "{\"code\":620010,\"eventId\":\"%s\",\"topic\":\"transaction/deposit\",\"data\":\"988\"}"
                  .formatted(stored.get(stored.size() - 2).getId()));
      assertThat(client.lines()).anyMatch(line -> line.contains("\"data\":{\"n\":1.10}"));
      assertThat(client.pushes().get(1).path("topic").textValue())
          .isEqualTo("/transaction/withdraw");
      assertThat(stored.get(stored.size() - 1).getExtension("user")).isEqualTo("backend");

      assertReply(
          client.ask("{\"unsubscribe\":[\"transaction/deposit\",\"transaction/other\"]}"),
          620009,
          "[\"transaction/deposit\"]",
          "[\"transaction/other\"]");
      server.raise("transaction/deposit", "not for it");
      server.raise("transaction/withdraw", "last");
      await().atMost(Duration.ofSeconds(60)).until(() -> client.data().contains("last"));
      assertThat(client.data()).doesNotContain("not for it");
      assertReply(
          client.ask("{\"unsubscribe\":[\"transaction/deposit\"]}"),
          620008,
          "[]",
          "[\"transaction/deposit\"]");
      assertReply(
          client.ask("{\"unsubscribe\":[\"/transaction/withdraw\"]}"),
          620007,
          "[\"/transaction/withdraw\"]",
          "[]");
      client.leave();
    }
  }

  @Test
  void speaksTheShapeOfTheSdk() throws Exception {
    try (FoundryClient client = connect("", Map.of("ack", true))) {
      client.awaitLine("O ");
      assertReply(
          client.ask(
              """
              {"subscribe":{"X-Voltmx-Authorization":"server-token","clientUUID":"sdk-1",
                            "topics":{"Private":["shop/sdk"],"public":["shop/all"]}}}
              """),
          620001,
          "[\"shop/sdk\",\"shop/all\"]",
          "[]");
      server.raise("shop/sdk/child", "1");
      server.raise("shop/all", "2");
      client.awaitData("1", "2");
      assertReply(
          client.ask("{\"unsubscribe\":{\"topics\":{\"public\":[\"shop/all\",\"shop/sdk\"]}}}"),
          620009,
          "[\"shop/all\"]",
          "[\"shop/sdk\"]");
    }
  }

  @Test
  void answersEachKeyOfAMessage() throws Exception {
    try (FoundryClient client = open(SERVER)) {
      assertThat(
              client
                  .ask(
                      """
                      [{"subscribe":["shop/many"],"events":[{"topic":"shop/many","data":"x"},
                        {"topic":"unheard","data":"y"}]},{"unsubscribe":["shop/many"]}]
                      """)
                  .path("code")
                  .intValue())
          .isEqualTo(620001);
      assertReply(client.reply(), 620006, "[\"shop/many\"]", "[\"unheard\"]");
      assertThat(client.reply().path("code").intValue()).isEqualTo(620007);
    }
  }

  @Test
  void answersWhatItCannotReadAndGoesOn() throws Exception {
    try (FoundryClient client = open(SERVER)) {
      assertReply(client.ask("{\"subscribe\":"), 620014, "[]", "[]");
      assertReply(client.ask("{\"hello\":1}"), 620012, "[]", "[]");
      assertReply(
          client.ask("{\"subscribe\":{\"topics\":{\"private\":[\"a\"]}}}"), 620012, "[]", "[]");
      assertReply(
          client.ask("{\"events\":[{\"topic\":\"unheard\",\"data\":1}]}"),
          620005,
          "[]",
          "[\"unheard\"]");
      assertReply(
          client.ask("{\"subscribe\":[\"a//b\",\"shop/ok\"]}"),
          620003,
          "[\"shop/ok\"]",
          "[\"a//b\"]");
      JsonNode full = client.ask("{\"subscribe\":[\"shop/1\",\"shop/2\",\"shop/3\"]}");
      assertReply(full, 620003, "[\"shop/1\",\"shop/2\"]", "[\"shop/3\"]");
      assertThat(full.path("message").textValue())
          .isEqualTo("topic shop/3 is one more than the 3 that a client may have");
      server.raise("shop/ok", "still there");
      client.awaitData("still there");
    }
  }

  @Test
  void aParentTakesInItsChildrenInEveryStream() throws Exception {
    try (FoundryClient client = open(SERVER);
        FoundryClient other = open(SERVER)) {
      client.ask("{\"subscribe\":[\"/bank\",\"bank/giro\"]}");
      other.ask("{\"subscribe\":[\"bank/giro/in\"]}");
      server.raise("bank/giro/in", "in");
      server.raise("bankrupt", "no stream has it");
      server.raise("bank", "itself");
      client.awaitData("in", "itself");
      other.awaitData("in");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-VoltMX-Authorization", "X-Voltmx-Authorization", "X-Kony-Authorization"})
  void takesATokenInTheQuery(String name) throws Exception {
    try (FoundryClient client = connect("?" + name + "=server-token&clientUUID=q", Map.of())) {
      client.awaitLine("O ");
      assertThat(client.ask("{\"subscribe\":[\"shop/query\"]}").path("code").intValue())
          .isEqualTo(620001);
      client.ask("{\"unsubscribe\":[\"shop/query\"]}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services/ServerEvents/Stream", "/ServerEvents/Stream"})
  void refusesAWrongTokenOfTheHandshake(String path) throws Exception {
    try (FoundryClient client =
        FoundryClient.connect(
            node,
            server.port(),
            path,
            Map.of("headers", Map.of("X-Kony-Authorization", "nonsense")))) {
      assertThat(client.awaitLine("R ")).startsWith("R 401 ").contains("\"code\":620011");
    }
  }

  @Test
  void refusesAWrongTokenInAMessage() throws Exception {
    try (FoundryClient client = connect("", Map.of())) {
      client.awaitLine("O ");
      assertReply(client.ask("{\"subscribe\":[\"shop\"]}"), 620011, "[]", "[]");
      assertReply(
          client.ask("{\"X-VoltMX-Authorization\":\"nonsense\",\"subscribe\":[\"shop\"]}"),
          620011,
          "[]",
          "[]");
      assertThat(
              client
                  .ask("{\"X-VoltMX-Authorization\":\"server-token\",\"subscribe\":[\"shop\"]}")
                  .path("code")
                  .intValue())
          .isEqualTo(620001);
      assertReply(
          client.ask("{\"X-VoltMX-Authorization\":\"device-token\",\"subscribe\":[\"shop\"]}"),
          620011,
          "[]",
          "[]");
    }
  }

  @Test
  void refusesDevicesWhatIsNotMarkedForThem() throws Exception {
    try (FoundryClient device = open(DEVICE)) {
      JsonNode reply = device.ask("{\"subscribe\":[\"shop/secret\"]}");
      assertReply(reply, 620002, "[]", "[\"shop/secret\"]");
      assertThat(reply.path("message").textValue())
          .isEqualTo("topic shop/secret is not for client devices");
      assertThat(
              device
                  .ask("{\"events\":[{\"topic\":\"shop/secret\",\"data\":1}]}")
                  .path("code")
                  .intValue())
          .isEqualTo(620004);
    }
  }

  @Test
  void letsDevicesFollowWhatIsMarkedForThem() throws Exception {
    try (FoundryClient device = open(DEVICE)) {
      assertReply(
          device.ask("{\"subscribe\":[\"shop/devices/news\"]}"),
          620001,
          "[\"shop/devices/news\"]",
          "[]");
      server.raise("shop/devices", "not for it");
      server.raise("shop/devices/news/today", "for it");
      device.awaitData("for it");
    }
  }

  @Test
  void refusesOneClientMoreThanAUserMayHave() throws Exception {
    for (int i = 0; i < 4; i++) {
      try (FoundryClient one = named(OTHER, "" + i)) {
        one.ask("{\"unsubscribe\":[\"none\"]}"); // It has been taken over by then.
      }
    }
    try (FoundryClient fifth = named(OTHER, "4");
        FoundryClient again = named(OTHER, "0")) {
      assertThat(fifth.reply().path("message").textValue())
          .isEqualTo(
              "clientUUID is a new name, and a user may have 4 (foundry.private.max.clients)");
      assertThat(fifth.awaitLine("C ")).startsWith("C 1008 ");
      assertThat(again.ask("{\"unsubscribe\":[\"none\"]}").path("code").intValue())
          .isEqualTo(620008);
    }
  }

  @Test
  void refusesANameThatIsNone() throws Exception {
    try (FoundryClient client = connect("?clientUUID=a%20b", Map.of())) {
      assertThat(client.awaitLine("R ")).startsWith("R 400 ").contains("clientUUID");
    }
  }
}
