package io.millrace.gateway.foundry.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundrySocketConfigTest {

  private static final String PING = "SERVER_EVENT_WEBSOCKET_PING_SCHEDULED_TIME_IN_SECONDS";
  private static final String ENABLED = "SERVER_CLIENT_EVENTS_ENABLED";

  private static FoundrySocketConfig read(Map<String, String> properties) {
    ConfigDef def = FoundrySocketConfig.define(new ConfigDef());
    return FoundrySocketConfig.from(new AbstractConfig(def, new HashMap<>(properties), false));
  }

  @Test
  void pingsEveryThirtySecondsAndEndsAfterThreeUnlessToldOtherwise() {
    FoundrySocketConfig config = read(Map.of());

    assertThat(config.enabled()).isTrue();
    assertThat(config.pings().interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.pings().unanswered()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VOLTMX_", "KONY_"})
  void takesTheVendorsNames(String prefix) {
    FoundrySocketConfig config =
        read(
            Map.of(
                prefix + PING, "7",
                prefix + ENABLED, "false",
                prefix + "SERVER_EVENTS_WEBSOCKET_WORKER_THREAD_POOL_SIZE", "2"));

    assertThat(config.pings().interval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.enabled()).isFalse();
  }

  @Test
  void takesSeveralNamesThatSayTheSame() {
    FoundrySocketConfig config =
        read(
            Map.of(
                "VOLTMX_" + PING,
                "5",
                "KONY_" + PING,
                "5",
                "foundry.socket.ping.interval.ms",
                "5000"));

    assertThat(config.pings().interval()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesNamesThatDiffer() {
    assertThatThrownBy(() -> read(Map.of("VOLTMX_" + PING, "5", "KONY_" + PING, "6")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must not differ from KONY_" + PING);
    assertThatThrownBy(
            () -> read(Map.of("KONY_" + ENABLED, "false", "foundry.socket.enabled", "true")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must not differ from foundry.socket.enabled");
  }

  @Test
  void refusesNoTimeAtAll() {
    assertThatThrownBy(() -> read(Map.of("KONY_" + PING, "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("KONY_" + PING);
  }
}
