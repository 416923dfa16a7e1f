package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionConfigTest {

  @Test
  void thirtyDaysUnlessToldOtherwise() {
    assertThat(config(Map.of()).retention()).isEqualTo(Duration.ofDays(30));
  }

  @ParameterizedTest
  @CsvSource({"30d,PT720H", "12h,PT12H", "P7D,PT168H", "90s,PT1M30S", "PT1M,PT1M"})
  void takesShortAndLongDurations(String text, Duration expected) {
    assertThat(config(Map.of("subscriptions.retention", text)).retention()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "d", "-1d", "0s", "soon"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> config(Map.of("subscriptions.retention", text)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("subscriptions.retention");
  }

  @Test
  void takesTheRetentionByTheNameOfMmm() {
    assertThat(config(Map.of(OF_MMM, "P7D")).retention()).isEqualTo(Duration.ofDays(7));
    assertThat(config(Map.of(OF_MMM, "7d", "subscriptions.retention", "P7D")).retention())
        .isEqualTo(Duration.ofDays(7));
  }

  @Test
  void refusesTwoRetentions() {
    assertThatThrownBy(() -> config(Map.of(OF_MMM, "7d", "subscriptions.retention", "30d")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(OF_MMM)
        .hasMessageContaining("subscriptions.retention");
  }

  private static final String OF_MMM =
      "plugin.external-events.ataccama.one.externalevents.subscribers-retention-period";

  private static SubscriptionConfig config(Map<String, String> settings) {
    return SubscriptionConfig.from(
        new AbstractConfig(SubscriptionConfig.define(new ConfigDef()), settings, false));
  }
}
