package io.millrace.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  @Test
  void requiredKeysComeFirst() {
    ConfigDef definition =
        new ConfigDef()
            .define(
                "port",
                ConfigDef.Type.INT,
                8022,
                Range.between(0, 9999),
                Importance.LOW,
                "Port | of it.")
            .define("secret", ConfigDef.Type.PASSWORD, "x", Importance.LOW, "A secret.")
            .define("name", ConfigDef.Type.STRING, null, Importance.LOW, "A name.")
            .define("servers", ConfigDef.Type.LIST, Importance.HIGH, "Where.");
    assertThat(ConfigReference.markdown(definition))
        .isEqualTo(
            """
            | key | type | default | allowed | what it is |
            |---|---|---|---|---|
            | `servers` | list | required |  | Where. |
            | `port` | int | `8022` | [0,...,9999] | Port \\| of it. |
            | `secret` | password | hidden |  | A secret. |
            | `name` | string | none |  | A name. |
            """);
  }
}
