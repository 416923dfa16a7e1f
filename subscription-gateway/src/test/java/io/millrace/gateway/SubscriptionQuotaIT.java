package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One subscription more than its owner may have, as each API tells it. */
class SubscriptionQuotaIT {

  private static final String ALL = "lastEventId: 0, chunkMaxDelay: 100";

  @TempDir private Path folder;

  @Test
  void refusesASubscriptionTooMany() throws Exception {
    try (RunningGateway gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("quota"),
            Map.of(
                "subscriptions.max.per.owner",
                "1",
                "auth.users.file",
                AcronisCaller.usersFile(folder).toString()))) {
      int port = gateway.gateway.port();
      AcronisCaller partner = new AcronisCaller(port, "partner");
      AcronisCaller.Answer first = partner.post("/subscriptions", acronis());
      assertThat(first.status()).as(first.body().toString()).isBetween(200, 201);
      AcronisCaller.Answer second = partner.post("/subscriptions", acronis());
      assertThat(second.status()).isEqualTo(403);
      assertThat(second.code()).isEqualTo("accessDenied");
      assertThat(second.messages())
          .containsExactly("owner was refused: partner has 1 subscriptions already.");

      MmmUser same = new MmmUser(port, "Bearer partner");
      try (MmmSocket socket = same.follow(MmmUser.newId(), ALL)) {
        assertThat(socket.refusal().toString())
            .contains("partner has 1 subscriptions already.", "LIMIT_EXCEEDED");
      }

      MmmUser other = new MmmUser(port, "Bearer customer");
      String id = MmmUser.newId();
      try (MmmSocket socket = other.follow(id, ALL)) {
        other.raise("quota", 1, 1);
        assertThat(socket.entities(1)).containsExactly("1");
      }
      try (MmmSocket again = other.follow(id, ALL)) {
        assertThat(again.quiet()).isTrue();
      }
    }
  }

  private static Map<String, Object> acronis() {
    return Map.of(
        "subscription_id",
        UUID.randomUUID().toString(),
        "topic_id",
        AcronisCaller.TENANT_TOPIC,
        "types",
        List.of(AcronisCaller.DISABLED),
        "tenant_depth",
        "ALL");
  }
}
