package io.millrace.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginConfigTest {

  private static final String HOST = "events.example:8021";

  private static OriginConfig read(String origins) {
    ConfigDef def = OriginConfig.define(new ConfigDef());
    return OriginConfig.from(new AbstractConfig(def, Map.of("http.origins", origins), false));
  }

  @Test
  void trustsAProgramWhichNamesNoOrigin() {
    assertThat(OriginConfig.OWN.trusts(null, HOST)).isTrue();
  }

  @Test
  void trustsAPageOfItsOwn() {
    assertThat(OriginConfig.OWN.trusts("https://Events.example:8021", HOST)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example",
        "http://events.example",
        "http://events.example:8021.elsewhere.example",
        "null",
        "no origin at all",
        ""
      })
  void trustsNoPageFromElsewhere(String origin) {
    assertThat(OriginConfig.OWN.trusts(origin, HOST)).isFalse();
    assertThat(read("https://console.example").trusts(origin, HOST)).isFalse();
  }

  @Test
  void trustsNoPageWhereTheHostIsUnknown() {
    assertThat(OriginConfig.OWN.trusts("http://events.example:8021", null)).isFalse();
  }

  @Test
  void trustsPagesThatAreAllowed() {
    OriginConfig two = read("https://console.example, http://Localhost:3000");
    assertThat(two.trusts("https://console.example", HOST)).isTrue();
    assertThat(two.trusts("http://localhost:3000", HOST)).isTrue();
    assertThat(two.trusts("http://console.example", HOST)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "console.example",
        "https://console.example/",
        "https://console.example/page",
        "https://me@console.example",
        "null"
      })
  void refusesWhatIsNoOrigin(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.origins")
        .hasMessageContaining(text);
  }
}
