package io.millrace.gateway.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {

  private static @Nullable TlsConfig read(Map<String, String> properties) {
    return TlsConfig.from(new AbstractConfig(TlsConfig.define(new ConfigDef()), properties, false));
  }

  @Test
  void isAbsentWithoutACertificate() {
    assertThat(read(Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http.tls.key.file", "http.tls.client.ca.file"})
  void refusesWhatMeansNothingWithoutACertificate(String key) {
    assertThatThrownBy(() -> read(Map.of(key, "/a")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("means nothing without http.tls.certificate.file");
  }

  @Test
  void keepsThePasswordToItself() {
    TlsConfig config =
        read(Map.of("http.tls.certificate.file", "/a", "http.tls.key.password", "Sesame"));
    assertThat(String.valueOf(config)).contains("/a").doesNotContain("Sesame");
  }
}
