package io.millrace.gateway;

import static io.millrace.gateway.AcronisCaller.CUSTOMER;
import static io.millrace.gateway.AcronisCaller.PARTNER;
import static io.millrace.gateway.AcronisCaller.TENANT_TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueIT {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void followsTheFileAndKeepsWhatItHadWhenThatBreaks() throws Exception {
    Path file = folder.resolve("catalogue.yaml");
    write(file, AcronisCatalogues.streams());
    try (RunningGateway gateway = start("catalogue-follow", file)) {
      AcronisCaller partner = new AcronisCaller(gateway.gateway.port(), "partner");
      Map<String, Object> wanted =
          Map.of(
              "subscription_id",
              UUID.randomUUID().toString(),
              "topic_id",
              TENANT_TOPIC,
              "types",
              List.of("cti.a.*"),
              "tenant_depth",
              "ALL",
              "tenant_id",
              CUSTOMER);
      assertThat(partner.post("/subscriptions", wanted).status()).as("below nobody").isEqualTo(403);
      write(file, AcronisCatalogues.withTenants());
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(partner.post("/subscriptions", wanted).status()).isIn(201, 409));
      write(file, "streams: 5\n");
      await()
          .atMost(LONG)
          .until(() -> gateway.gateway.health().parts().get("catalogue").startsWith("broken"));
      assertThat(gateway.gateway.health().ready()).isTrue();
      assertThat(partner.get("/topics").body()).hasSize(2);
      write(file, AcronisCatalogues.streams().replace("P90D", "P3D"));
      await()
          .atMost(LONG)
          .until(() -> gateway.gateway.health().parts().get("catalogue").equals("in force"));
      assertThat(partner.get("/topics").body().get(0).path("retention").asText()).isEqualTo("P3D");
      Config tenant = kafka("catalogue-follow.stream.acronis-tenant");
      assertThat(tenant.get("retention.ms").value()).isEqualTo("259200000");
      assertThat(tenant.get("cleanup.policy").value()).isEqualTo("delete");
      Config task = kafka("catalogue-follow.stream.acronis-task");
      assertThat(task.get("cleanup.policy").value()).isEqualTo("compact");
    }
  }

  @Test
  void keepsTheLastEventOfATypeTenantAndSubject() throws Exception {
    Path file = folder.resolve("catalogue.yaml");
    write(file, AcronisCatalogues.withTenants());
    try (RunningGateway gateway = start("catalogue-tts", file)) {
      AcronisCaller partner = new AcronisCaller(gateway.gateway.port(), "partner");
      String path = "/publicapi/acronis/topics/cti.a.p.em.topic.v1.0~a.p.task.v1.0/events";
      Map<String, Object> event =
          Map.of(
              "id",
              UUID.randomUUID().toString(),
              "type",
              "cti.a.p.em.event.v1.0~a.p.task.updated.v1.0",
              "time",
              "2024-10-01T11:01:16Z",
              "source",
              "tasks");
      assertThat(partner.post(path, event).messages())
          .containsExactly("subject is missing, of which the topic keeps the last event");
      Map<String, Object> about = new HashMap<>(event);
      about.put("subject", "task-1");
      assertThat(partner.post(path, about).status()).isEqualTo(201);
      assertThat(gateway.records("acronis-task").get(0).key())
          .asString()
          .isEqualTo("cti.a.p.em.event.v1.0~a.p.task.updated.v1.0 " + PARTNER + " task-1");
    }
  }

  @Test
  void doesNotStartWithACatalogueThatIsWrong() throws Exception {
    Path file = folder.resolve("catalogue.yaml");
    write(file, "streams:\n  - {name: acronis}\ntopics:\n  - {path: mmm, stream: acronis}\n");
    assertThatThrownBy(() -> start("catalogue-wrong", file).close())
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("catalogue: does not go with stream.*.topics")
        .hasMessageContaining("both claim the topic mmm");
    write(file, "streams:\n  - {name: a b}\n");
    assertThatThrownBy(() -> start("catalogue-wrong", file).close())
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining(file + ": line 2: streams[0].name has");
  }

  private RunningGateway start(String prefix, Path file) throws Exception {
    return new RunningGateway(
        KafkaFixture.shared().bootstrapServers(),
        prefix,
        Map.of(
            "auth.users.file", AcronisCaller.usersFile(folder).toString(),
            "catalogue.file", file.toString(),
            "catalogue.refresh.ms", "20"));
  }

  /** All at once, as whoever mounts files does it. */
  private void write(Path file, String text) throws Exception {
    Path other = Files.writeString(folder.resolve("next"), text);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Config kafka(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", KafkaFixture.shared().bootstrapServers()))) {
      return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }
  }
}
