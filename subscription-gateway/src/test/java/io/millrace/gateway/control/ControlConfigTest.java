package io.millrace.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.emitter.EmitterType;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlConfigTest {

  static ControlConfig config(Map<String, ?> settings) {
    return new ControlConfig(
        new AbstractConfig(ControlConfig.define(new ConfigDef()), settings, false));
  }

  @Test
  void needsNothing() {
    ControlConfig config = config(Map.of());
    assertThat(config.connectUrls()).isEmpty();
    assertThat(config.systemEmittersDir()).isEmpty();
    assertThat(config.connectAuthorization()).isNull();
    assertThat(config.emitterPartitions()).isOne();
    assertThat(config.topicDeleteDelay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void takesSeveralUrls() {
    assertThat(config(Map.of("connect.urls", "http://a:8083, https://b/connect")).connectUrls())
        .containsExactly(URI.create("http://a:8083"), URI.create("https://b/connect"));
  }

  @Test
  void makesBasicCredentials() {
    assertThat(
            config(Map.of("connect.username", "ada", "connect.password", "pw"))
                .connectAuthorization())
        .isEqualTo("Basic YWRhOnB3");
  }

  @ParameterizedTest
  @CsvSource({
    "connect.urls, ftp://a",
    "connect.urls, http:a",
    "connect.urls, not a url",
    "connect.urls, http://user:pw@a",
    "connect.tasks.max, 0",
    "emitter.partitions, 0",
    "control.topic.delete.delay.ms, -1",
    "connect.username, ada",
    "connect.password, secret",
    "connector.telex.tasks.max, 2",
    "connector.webhook., 2",
    "connector.webhook, 2",
    "connector.webhook.name, x",
    "connector.file.topics.regex, .*",
    "connectors.emitter.definitions, no",
    "connectors.topic.prefix, x",
  })
  void refusesNamingTheKeyAndNotTheSecret(String key, String value) {
    assertThatThrownBy(() -> config(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageNotContaining("pw")
        .hasMessageNotContaining("secret");
  }

  @Test
  void passesSettingsOnToConnectorsTheCloserOneFirst() {
    ControlConfig config =
        config(
            Map.of(
                "connectors.tasks.max", "2",
                "connector.webhook.tasks.max", "3",
                "kafka.sasl.jaas.config", "${file:/run/kafka:jaas}"));
    assertThat(config.overrides(EmitterType.FILE)).containsExactly(Map.entry("tasks.max", "2"));
    assertThat(config.overrides(EmitterType.WEBHOOK)).containsExactly(Map.entry("tasks.max", "3"));
    assertThat(config.kafkaSettings())
        .containsExactly(Map.entry("kafka.sasl.jaas.config", "${file:/run/kafka:jaas}"));
    assertThat(config.shownSecrets()).isEmpty();
  }

  @Test
  void namesSecretsThatConnectWouldShow() {
    ControlConfig config =
        config(
            Map.of(
                "kafka.ssl.keystore.password", "secret",
                "connector.file.kafka.sasl.jaas.config", "secret",
                "connectors.consumer.override.ssl.key.password", "secret",
                "connector.webhook.proxy.password", "secret",
                "connector.webhook.ssl.keystore.key", "secret",
                "kafka.security.protocol", "SASL_SSL"));
    assertThat(config.shownSecrets())
        .containsExactly(
            "consumer.override.ssl.key.password",
            "kafka.sasl.jaas.config",
            "kafka.ssl.keystore.password",
            "proxy.password",
            "ssl.keystore.key");
  }
}
