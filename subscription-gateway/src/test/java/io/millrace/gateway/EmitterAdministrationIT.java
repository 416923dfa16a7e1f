package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmitterAdministrationIT {

  private static final String PATH = "/emitters/definitions";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As the document prints it. */
  private static final String SEED =
      """
      {
        "type": "Webhook",
        "topics": [ [ "repository" ] ],
          "parameters": {
              "url": "https://xxxxxxxxxxxxx.x.pipedream.net/",
              "mode": "structured"
          }
      }
      """;

  @TempDir static Path folder;

  private static RunningGateway gateway;
  private static PublicUser ada;
  private static PublicUser bob;
  private static PublicUser root;

  @BeforeAll
  static void start() throws Exception {
    Path system = Files.createDirectory(folder.resolve("system"));
    Files.writeString(system.resolve("all.json"), "{\"type\":\"Console\"}");
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("admin"),
            Map.of(
                "auth.users.file",
                PublicUser.usersFile(folder).toString(),
                "system.emitters.dir",
                system.toString(),
                "connector.webhook.guard.allow",
                "127.0.0.9/32",
                "catalogue.file",
                Catalogues.open(folder, "repository", "service/production").toString(),
                "emitters.user.types",
                "PowerBI,Kafka,Webhook",
                "emitters.user.limit",
                "3"));
    ada = new PublicUser(gateway.gateway.port(), "ada");
    bob = new PublicUser(gateway.gateway.port(), "bob");
    root = new PublicUser(gateway.gateway.port(), "root");
    await().atMost(PATIENCE).until(() -> root.get(PATH + "/all").status() == 200);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void registersTheDocumentsSampleAsPrinted() throws Exception {
    Answer created = ada.post(PATH, SEED);

    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    String id = created.data().path("id").textValue();
    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(created.response().headers().firstValue("Location"))
        .hasValue("/publicapi" + PATH + "/" + id);
    assertThat(created.data().path("owner").textValue()).isEqualTo("ada");
    assertThat(created.data().path("topics").toString()).isEqualTo("[[\"repository\"]]");
    assertThat(created.data().at("/parameters/mode").textValue()).isEqualTo("structured");
    assertThat(created.data().at("/status/enabled").booleanValue()).isTrue();
    assertThat(ada.get(PATH + "/" + id).data()).isEqualTo(created.data());
    assertThat(ids(ada.get(PATH))).contains(id);

    assertThat(ada.delete(PATH + "/" + id).status()).isEqualTo(204);
    assertThat(ada.get(PATH + "/" + id).status()).isEqualTo(404);
    assertThat(ada.delete(PATH + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void tellsTheTypesAndTheirParameters() throws Exception {
    JsonNode types = ada.get("/emitters").data();
    assertThat(types.findValuesAsText("type")).contains("Webhook", "File", "Console");
    JsonNode webhook = types.get(0);
    assertThat(webhook.path("systemOnly").booleanValue()).isFalse();
    assertThat(webhook.at("/parameters/0").toString())
        .isEqualTo(
            "{\"name\":\"url\",\"required\":true,\"type\":\"String\",\"description\":"
                + "\"Where each event is posted: an http or https URL.\"}");
    assertThat(webhook.at("/parameters/1/default").textValue()).isEqualTo("binary");
    assertThat(webhook.at("/parameters/2/default").isBoolean()).isTrue();
  }

  @Test
  void tellsAllThatIsWrongAtOnce() throws Exception {
    Answer refused =
        ada.post(
            PATH,
            """
            {"id":"mine","owner":"bob","type":"Webhook","filter":"amount >","colour":"red",
             "topics":[[]],"messages":"all","parameters":{"mode":"fast","speed":1}}
            """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages())
        .anyMatch(each -> each.startsWith("id must be left out"))
        .anyMatch(each -> each.startsWith("owner must be ada"))
        .anyMatch(each -> each.startsWith("filter "))
        .anyMatch(each -> each.startsWith("colour is not known"))
        .anyMatch(each -> each.startsWith("topics[0] is no topic"))
        .anyMatch(each -> each.startsWith("messages must be an array"))
        .anyMatch(each -> each.startsWith("parameters.url is required"))
        .anyMatch(each -> each.startsWith("parameters.mode must be one of"))
        .anyMatch(each -> each.startsWith("parameters.speed is not known"))
        .hasSize(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                            | body is no JSON",
        "[]                                                           | must be a JSON object",
        "''                                                           | must be a JSON object",
        "{\"type\":\"Webhook\",\"type\":\"File\"}                     | body is no JSON",
        "{\"topics\":[[\"repository\"]]}                              | type is required",
        "{\"type\":\"Fax\",\"topics\":[[\"repository\"]]}             | type must be one of",
        "{\"type\":\"File\",\"topics\":[[\"repository\"]],\"parameters\":{\"path\":\"/tmp/x\"}}"
            + "| type must be one of",
        "{\"type\":\"Console\",\"topics\":[[\"repository\"]]}         | for system emitters",
        "{\"type\":\"Audit\",\"topics\":[[\"repository\"]]}"
            + "| type must be one of Webhook, Kafka, PowerBI: Audit is for system emitters",
        "{\"type\":\"Webhook\",\"parameters\":{\"url\":\"http://a/\"}} | topics is required",
        "{\"type\":\"Webhook\",\"topics\":[],\"parameters\":{\"url\":\"http://a/\"}}"
            + "| topics is required",
        "{\"type\":\"Webhook\",\"topics\":[[\"secret\"]],\"parameters\":{\"url\":\"http://a/\"}}"
            + "| topics[0] is not open to you",
        "{\"type\":\"Webhook\",\"topics\":[[\"service\",\"staging\"]],\"parameters\":{\"url\":\"http://a/\"}}"
            + "| topics[0] is not open to you",
        "{\"type\":\"Webhook\",\"topics\":[[\"repository\"]],\"parameters\":{\"url\":\"http://127.0.0.1/\"}}"
            + "| parameters.url has an address that is not public, but loopback;"
            + " the gateway's connector.webhook.guard.* say what users may reach",
        "{\"type\":\"Webhook\",\"topics\":[[\"repository\"]],\"parameters\":{\"url\":\"http://127.0.0.9:22/\"}}"
            + "| parameters.url must not have the port 22",
      })
  void refuses(String body, String message) throws Exception {
    Answer refused = ada.post(PATH, body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages()).singleElement().asString().contains(message);
    assertThat(refused.response().headers().firstValue("request-tracking-identifier")).isPresent();
  }

  @Test
  void refusesWhoShowsNoKnownToken() throws Exception {
    PublicUser eve = new PublicUser(gateway.gateway.port(), "eve");
    for (Answer refused : List.of(eve.get(PATH), eve.post(PATH, SEED), eve.get("/emitters"))) {
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.messages()).hasSize(1);
      assertThat(refused.response().headers().firstValue("request-tracking-identifier"))
          .isPresent();
    }
  }

  @Test
  void hidesTheEmittersOfOthersFromAllButAdmins() throws Exception {
    String path = PATH + "/" + define(ada, "repository");
    assertThat(bob.get(path).status()).isEqualTo(404);
    assertThat(bob.put(path, SEED).status()).isEqualTo(404);
    assertThat(bob.delete(path).status()).isEqualTo(404);
    for (String verb : List.of("/enable", "/disable", "/test")) {
      assertThat(bob.post(path + verb, "").status()).as(verb).isEqualTo(404);
    }
    assertThat(bob.post(path + "/replay", "{\"from\":\"2026-01-01T00:00:00Z\"}").status())
        .isEqualTo(404);
    assertThat(ids(bob.get(PATH))).isEmpty();
    assertThat(root.get(path).data().path("owner").textValue()).isEqualTo("ada");
    assertThat(ids(root.get(PATH))).contains("all");
    assertThat(root.delete(path).status()).isEqualTo(204);
  }

  @Test
  void takesItsOwnAnswerBackWhenItIsReplaced() throws Exception {
    String path = PATH + "/" + define(ada, "repository");
    ada.post(path + "/disable", "");
    ObjectNode read = (ObjectNode) ada.get(path).data();
    read.put("filter", "amount > 1");

    Answer replaced = ada.put(path, read.toString());

    assertThat(replaced.status()).as(replaced.body().toString()).isEqualTo(200);
    assertThat(replaced.data().path("filter").textValue()).isEqualTo("amount > 1");
    assertThat(replaced.data().at("/status/enabled").booleanValue()).isFalse();
    assertThat(ada.get(path).data().path("filter").textValue()).isEqualTo("amount > 1");
    assertThat(root.put(path, read.toString()).data().path("owner").textValue()).isEqualTo("ada");

    read.put("id", "another");
    assertThat(ada.put(path, read.toString()).messages()).singleElement().asString().contains("id");
    ada.delete(path);
    assertThat(ada.put(path, SEED).status()).isEqualTo(404);
  }

  @Test
  void leavesSystemEmittersToTheirFolder() throws Exception {
    String path = PATH + "/all";
    assertThat(ada.get(path).status()).isEqualTo(404);
    assertThat(root.get(path).data().has("owner")).isFalse();
    assertThat(root.put(path, SEED).status()).isEqualTo(403);
    assertThat(root.delete(path).status()).isEqualTo(403);
    assertThat(root.post(path + "/disable", "").data().at("/status/state").textValue())
        .isEqualTo("DISABLED");
    assertThat(root.post(path + "/enable", "").data().at("/status/enabled").booleanValue())
        .isTrue();
  }

  @Test
  void countsDefinitionsPerUser() throws Exception {
    PublicUser user = bob;
    List<String> ids =
        List.of(define(user, "repository"), define(user, "repository"), define(user, "repository"));
    Answer refused = user.post(PATH, SEED);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.messages()).singleElement().asString().contains("you may have 3");
    for (String id : ids) {
      user.delete(PATH + "/" + id);
    }
    user.delete(PATH + "/" + define(user, "repository"));
  }

  @Test
  void answersOtherPathsAndMethodsInTheEnvelope() throws Exception {
    assertThat(ada.get("/emitters/definition").status()).isEqualTo(404);
    assertThat(ada.get("/emitters/definition").messages()).hasSize(1);
    Answer refused = ada.delete(PATH);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.messages()).hasSize(1);
    assertThat(refused.response().headers().firstValue("Allow"))
        .hasValue("GET, HEAD, OPTIONS, POST");
  }

  private static String define(PublicUser user, String topic) throws Exception {
    Answer created =
        user.post(
            PATH,
            """
            {"type":"Webhook","topics":[["%s"]],"parameters":{"url":"http://127.0.0.9/"}}
            """
                .formatted(topic));
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    return created.data().path("id").textValue();
  }

  private static List<String> ids(Answer list) {
    return list.data().findValuesAsText("id");
  }
}
