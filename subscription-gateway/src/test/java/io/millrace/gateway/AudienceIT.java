package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.SecurityFollower;
import io.millrace.model.kafka.SecurityListener;
import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.SecurityRules;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudienceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CATALOGUE =
      """
      topics:
        - path: secret
          security:
            receive: {roles: [ops]}
            publish: {roles: [writer], condition: amount < 100}
        - path: acronis/tenant
          stream: acronis-tenant
          security:
            publish: {roles: [writer]}
      streams: [{name: acronis-tenant}]
      messages:
        - type: order
          topics: [secret]
          fields: [{name: amount, type: number, example: 7}]
        - type: cti.a.p.em.event.v1.0~a.p.tenant.created.v1.0
          topics: [acronis/tenant]
      acronis:
        - {id: cti.a.p.em.topic.v1.0~a.p.tenant.v1.0, topic: acronis/tenant}
      """;

  @TempDir static Path folder;

  private static final Recorded recorded = new Recorded();
  private static RunningGateway gateway;
  private static SecurityFollower follower;
  private static MillraceTopics topics;
  private static Path catalogue;

  @BeforeAll
  static void start() throws Exception {
    catalogue = Files.writeString(folder.resolve("catalogue.yaml"), CATALOGUE);
    users("ops", "writer");
    String brokers = KafkaFixture.shared().bootstrapServers();
    topics = new MillraceTopics(KafkaFixture.uniqueName("audience"));
    gateway = new RunningGateway(brokers, topics.prefix(), settings());
    follower = new SecurityFollower(Map.of("bootstrap.servers", brokers), topics, recorded).start();
  }

  private static Map<String, String> settings() {
    return Map.of(
        "auth.users.file",
        folder.resolve("users.yaml").toString(),
        "auth.users.reload.ms",
        "50",
        "catalogue.file",
        catalogue.toString(),
        "catalogue.refresh.ms",
        "50");
  }

  @AfterAll
  static void stop() {
    follower.close();
    gateway.close();
  }

  @Test
  void publishingIsRefusedInEachDialectsShape() throws Exception {
    HttpResponse<String> event = publish("hans", "secret/x", "{\"amount\":1}");
    assertThat(event.statusCode()).isEqualTo(403);
    assertThat(event.body()).contains("topicpath is not open for you to publish on: secret/x");
    assertThat(publish("wanda", "secret/x", "{\"amount\":1}").statusCode()).isEqualTo(200);
    assertThat(publish("wanda", "secret/x", "{\"amount\":100}").statusCode()).isEqualTo(403);
    assertThat(publish("root", "secret/x", "{\"amount\":100}").statusCode()).isEqualTo(200);

    JsonNode partly =
        RunningGateway.json(
            foundry(
                "hans",
                "{\"events\":[{\"topic\":\"open\",\"data\":1},{\"topic\":\"/secret\",\"data\":1}]}"));
    assertThat(partly.path("code").intValue()).isEqualTo(620006);
    assertThat(partly.path("successTopics").toString()).isEqualTo("[\"open\"]");
    assertThat(partly.path("failedTopics").toString()).isEqualTo("[\"/secret\"]");
    HttpResponse<String> none = foundry("hans", "{\"events\":[{\"topic\":\"secret\",\"data\":1}]}");
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(RunningGateway.json(none).path("code").intValue()).isEqualTo(620005);

    String acronis =
        "{\"id\":\"9251fdc0-eb78-49b6-acaa-ed258074e4f5\",\"source\":\"s\","
            + "\"type\":\"cti.a.p.em.event.v1.0~a.p.tenant.created.v1.0\","
            + "\"time\":\"2026-01-01T00:00:00Z\"}";
    String path = "/acronis/topics/cti.a.p.em.topic.v1.0~a.p.tenant.v1.0/events";
    assertThat(user("hans").post(path, acronis).status()).isEqualTo(403);
    assertThat(user("wanda").post(path, acronis).status()).isEqualTo(201);
  }

  @Test
  void routersAreToldRulesAndRolesAndWhatChangesOfThem() throws Exception {
    eventually(
        () ->
            assertThat(recorded.rules)
                .hasValueSatisfying(rules -> assertThat(rules.rules()).hasSize(2)));
    String definition =
        "{\"type\":\"Webhook\",\"topics\":[[\"other\"]],\"parameters\":{\"url\":\"http://93.184.215.14/\"}}";
    PublicUser.Answer created = user("olga").post("/emitters/definitions", definition);
    assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    eventually(() -> assertThat(recorded.roles).containsEntry("olga", filed("ops")));
    users("hr", "writer");
    eventually(() -> assertThat(recorded.roles).containsEntry("olga", filed("hr")));
    Files.writeString(folder.resolve("users.yaml"), "tokens:\n" + token("root", "admin"));
    eventually(() -> assertThat(recorded.roles).doesNotContainKey("olga"));
    users("ops", "writer");
    eventually(() -> assertThat(recorded.roles).containsEntry("olga", filed("ops")));

    // A second gateway with the same files has nothing to say.
    int before = recorded.changes();
    try (RunningGateway second =
        new RunningGateway(KafkaFixture.shared().bootstrapServers(), topics.prefix(), settings())) {
      eventually(() -> assertThat(second.gateway.health().ready()).isTrue());
      String closed = CATALOGUE.replace("secret", "hidden");
      Files.writeString(catalogue, closed);
      eventually(
          () ->
              assertThat(recorded.rules.orElseThrow().rules())
                  .anyMatch(rule -> "hidden".equals(String.valueOf(rule.topic()))));
      assertThat(recorded.changes()).isEqualTo(before + 1);
    } finally {
      Files.writeString(catalogue, CATALOGUE);
      eventually(
          () ->
              assertThat(publish("hans", "secret", "{\"amount\":1}").statusCode()).isEqualTo(403));
    }
  }

  @Test
  void aTopicOfWhichNothingCanBeSeenIsRefusedAndUnknownFieldsAreWarned() throws Exception {
    String definition =
        "{\"type\":\"Webhook\",\"topics\":[[\"secret\",\"x\"]],\"filter\":\"amout > 1\","
            + "\"parameters\":{\"url\":\"http://93.184.215.14/\"}}";
    PublicUser.Answer refused = user("hans").post("/emitters/definitions", definition);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages()).contains("topics[0] is not open to you: secret/x");
    String wide = definition.replace(",\"x\"]", "]");
    PublicUser.Answer warned = user("root").post("/emitters/definitions", wide);
    assertThat(warned.status()).as(warned.body().toString()).isEqualTo(201);
    assertThat(warned.data().at("/warnings/0/reason").textValue())
        .isEqualTo("such events have no field 'amout' in their data");
    String id = warned.data().path("id").textValue();
    PublicUser.Answer again =
        user("root").put("/emitters/definitions/" + id, warned.data().toString());
    assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
    assertThat(user("root").delete("/emitters/definitions/" + id).status()).isEqualTo(204);
  }

  @Test
  void theFormerKeyIsRefusedLestItBePassedOverInSilence() {
    assertThatThrownBy(
            () ->
                new GatewayConfig(
                    RunningGateway.settings("b:1", "p", Map.of("emitters.user.topics", "a"))))
        .hasMessageContaining("emitters.user.topics")
        .hasMessageContaining("docs/catalogue.md");
  }

  private static HttpResponse<String> publish(String user, String topic, String data)
      throws Exception {
    return gateway.send(
        gateway
            .to("/events/" + topic)
            .header("Authorization", "Bearer " + user)
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", "1")
            .header("ce-source", "/s")
            .header("ce-type", "order")
            .POST(BodyPublishers.ofString(data)));
  }

  private static HttpResponse<String> foundry(String user, String body) throws Exception {
    return gateway.send(
        gateway
            .to("/services/ServerEvents")
            .header("X-VoltMX-Authorization", user)
            .POST(BodyPublishers.ofString(body)));
  }

  private static PublicUser user(String name) {
    return new PublicUser(gateway.gateway.port(), name);
  }

  private static OwnerRoles filed(String role) {
    return new OwnerRoles(Set.of(role), null);
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable check) {
    await().atMost(PATIENCE).untilAsserted(check);
  }

  /** Each name is the token too; all are of a tenant. */
  private static void users(String olgas, String wandas) throws Exception {
    Files.writeString(
        folder.resolve("users.yaml"),
        "tokens:\n"
            + token("olga", olgas)
            + token("hans", "hr")
            + token("wanda", wandas)
            + token("root", "admin"));
  }

  private static String token(String name, String role) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return "- {name: %s, tenant: t, sha256: %s, roles: [%s]}\n"
        .formatted(name, HexFormat.of().formatHex(hash), role);
  }

  /** What stands in the topic. */
  private static final class Recorded implements SecurityListener {

    private final Map<String, OwnerRoles> roles = new ConcurrentHashMap<>();
    private volatile Optional<SecurityRules> rules = Optional.empty();
    private volatile int changes;

    @Override
    public synchronized void rules(Optional<SecurityRules> now) {
      rules = now;
      changes++;
    }

    @Override
    public synchronized void roles(String user, @Nullable OwnerRoles now) {
      if (now == null) {
        roles.remove(user);
      } else {
        roles.put(user, now);
      }
      changes++;
    }

    synchronized int changes() {
      return changes;
    }
  }
}
