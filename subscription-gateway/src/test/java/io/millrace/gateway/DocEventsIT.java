package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.Browser;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.NodeProject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over the sample catalogue of four vendors. */
class DocEventsIT {

  private static final Path SAMPLE = Path.of("../standalone/src/main/dist/etc/catalogue");
  private static final Path PICTURE = Path.of("target/doc-events.png");

  @TempDir static Path folder;

  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    Path users =
        Files.writeString(
            folder.resolve("users.yaml"),
            "users:\n- {name: pat, password: %s, roles: [operator]}\ntokens:\n"
                    .formatted(BCrypt.withDefaults().hashToString(4, "pat".toCharArray()))
                + token("otto", "operator")
                + token("hilde", "hr")
                + token("root", "admin"));
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("doc-events"),
            Map.of("auth.users.file", users.toString(), "catalogue.file", SAMPLE.toString()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void tellsTheVendorsShapeAsFarAsTheCallerMaySee() throws Exception {
    JsonNode session = topics("otto").path("websession");
    assertThat(session.path("description").textValue()).isEqualTo("Sessions of WebSocket clients");
    assertThat(session.path("security").textValue())
        .isEqualTo("Received by everybody. Published by everybody.");
    assertThat(session.at("/messages/0/name").textValue()).isEqualTo("WebSessionStarted");
    assertThat(session.at("/messages/0/fields/0").toString())
        .isEqualTo(
            "{\"name\":\"timeout\",\"description\":\"Minutes of silence after which the session"
                + " ends\",\"type\":\"integer\",\"example\":5}");
    JsonNode production = topics("otto").path("service/production");
    assertThat(production.path("security").textValue())
        .isEqualTo("Received by auditor, operator. Published by execution-server.");
    assertThat(production.path("subTopicsDescription").toString())
        .isEqualTo("[\"Group\",\"Artifact\",\"Version\"]");
    assertThat(topics("otto").path("task").path("security").textValue())
        .startsWith("Received by everybody, some of the events.");
    assertThat(topics("root").path("task").path("security").textValue()).contains("viewer.name");
    assertThat(topics("otto").has("service/production/hr")).isFalse();
    assertThat(topics("hilde").has("service/production/hr")).isTrue();
    assertThat(topics("hilde").has("service/production")).isFalse();
    assertThat(gateway.send(gateway.to("/publicapi/doc-events").GET()).statusCode()).isEqualTo(401);
  }

  @Test
  void isAPageForThoseWhoReadPages() throws Exception {
    assumeTrue(Browser.installed(), "no chromium and chromedriver on this machine");
    try (Browser browser = Browser.open(folder.resolve("profile"))) {
      browser.go(
          URI.create(
              "http://pat:pat@127.0.0.1:"
                  + gateway.gateway.port()
                  + "/publicapi/doc-events#/websession"));
      assertThat(browser.text("h1")).isEqualTo("Events");
      assertThat(browser.text("[id='/websession']"))
          .contains("WebSessionStarted", "productName", "Order desk");
      assertThat(browser.text("[id='/service']")).contains("service / {Environment} / {Group}");
      assertThat(browser.text("body")).doesNotContain("personnel");
      Files.write(PICTURE, browser.picture());
      assertThat(browser.console()).isEmpty();
    }
  }

  @Test
  void asyncApiIsWhatItsParserTakes() throws Exception {
    NodeProject node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    for (String user : List.of("otto", "hilde", "root")) {
      String document = get("/asyncapi.json", user).body();
      Path file = Files.writeString(folder.resolve(user + ".json"), document);
      NodeProject.Result result = node.run(120, "asyncapi.js", List.of(file.toString()));
      assertThat(result.exit()).as(result.output()).isZero();
      assertThat(document.contains("personnel")).isEqualTo(user.equals("root"));
    }
    JsonNode document = RunningGateway.json(get("/asyncapi.json", "otto"));
    assertThat(document.at("/channels/receive.events/address").textValue()).isEqualTo("/events");
    assertThat(document.at("/channels/receive.subscriptions/messages").toString())
        .contains("mmm.entity.created")
        .doesNotContain("WebSession");
    assertThat(document.at("/channels/publish.service.production").isMissingNode()).isTrue();
    assertThat(
            document
                .at(
                    "/components/messages/WebSessionStarted/payload/properties/data"
                        + "/properties/timeout/type")
                .textValue())
        .isEqualTo("integer");
  }

  @Test
  void isAsItsOpenApiDescribesIt() throws Exception {
    DescribedApi api = DescribedApi.at(gateway.gateway.port());
    api.check("GET", null, get("/publicapi/doc-events", "root"));
    api.check("GET", null, get("/asyncapi.json", "root"));
    api.check("GET", null, gateway.send(gateway.to("/asyncapi.json").GET()));
  }

  private static JsonNode topics(String user) throws Exception {
    return RunningGateway.json(get("/publicapi/doc-events", user)).path("data");
  }

  private static HttpResponse<String> get(String path, String user) throws Exception {
    return gateway.send(gateway.to(path).header("Authorization", "Bearer " + user).GET());
  }

  private static String token(String name, String role) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return "- {name: %s, sha256: %s, roles: [%s]}\n"
        .formatted(name, HexFormat.of().formatHex(hash), role);
  }
}
