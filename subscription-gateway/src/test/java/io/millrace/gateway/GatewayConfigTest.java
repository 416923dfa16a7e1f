package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.fixtures.LogCapture;
import io.millrace.model.event.TopicPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {

  @Test
  void hasTheVendorsStreams() {
    Map<String, List<TopicPath>> claims = config(Map.of()).ingest().claims();

    assertThat(claims).containsOnlyKeys("mmm", "acronis", "des", "foundry", "events");
    assertThat(claims.get("des")).contains(TopicPath.parse("service")).hasSize(7);
    assertThat(claims.get("foundry")).isEmpty();
  }

  @Test
  void addsAndChangesStreams() {
    Map<String, List<TopicPath>> claims =
        config(Map.of("stream.bank.topics", "bank/a, loans", "stream.mmm.topics", ""))
            .ingest()
            .claims();

    assertThat(claims.get("bank"))
        .containsExactly(TopicPath.parse("bank/a"), TopicPath.parse("loans"));
    assertThat(claims.get("mmm")).isEmpty();
  }

  @Test
  void handsKafkaSettingsOn() {
    assertThat(config(Map.of("kafka.security.protocol", "SASL_SSL")).clients())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", List.of("localhost:9092"));
  }

  @Test
  void tellsKeysThatItDoesNotHave() {
    try (LogCapture log = LogCapture.begin(GatewayConfig.class.getName())) {
      config(
          Map.of(
              "websocket.max.connections", "5",
              "kafka.security.protocol", "SASL_SSL",
              "connectors.identity.provider.param.file", "/i",
              "connector.webhook.retry.max.attempts", "3",
              "stream.bank.topics", "bank",
              "KONY_SERVER_CLIENT_EVENTS_ENABLED", "true",
              "config.providers", ""));
      assertThat(log.lines()).isEmpty();
      config(Map.of("websocket.max.conections", "5", "stream.bank.topcs", "bank"));
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .contains("WARN", "no keys of the gateway")
          .contains("[stream.bank.topcs, websocket.max.conections]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http.port, 70000, http.port",
    "topic.prefix, -, topic.prefix",
    "stream.a b.topics, x, stream.a b.topics",
    "stream.x.topics, a//b, stream.x.topics",
    "ingest.foundry.stream, a/b, ingest.foundry.stream",
    "ingest.cloudevents.allowed.rate, fast, ingest.cloudevents.allowed.rate",
    "auth.jwt.algorithms, HS256, auth.jwt.algorithms",
    "auth.jwt.jwks.url, https://x/jwks, auth.jwt.issuer",
  })
  void namesTheKeyThatIsWrong(String key, String value, String named) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named);
  }

  private static GatewayConfig config(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("bootstrap.servers", "localhost:9092");
    return new GatewayConfig(all);
  }
}
