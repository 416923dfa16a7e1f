package io.millrace.model.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.identity.Credentials.SaslPlain;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

class KafkaClusterTest {

  private static final KafkaCluster CLUSTER =
      new KafkaCluster(List.of("a:1"), new SaslPlain("ann \"x", new Password("p\"w\\ d';")));

  @Test
  void aPasswordIsNeverSentWithoutTls() {
    assertThat(
            CLUSTER.clientConfig(
                Map.of("security.protocol", "PLAINTEXT", "ssl.truststore.type", "PEM")))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("bootstrap.servers", List.of("a:1"));
  }

  @Test
  void kafkaReadsTheUserAndThePasswordAsTheyAre() {
    Map<String, Object> config = CLUSTER.clientConfig(Map.of());
    Object jaas = config.get("sasl.jaas.config");
    assertThat(
            JaasContext.loadClientContext(
                    Map.of("sasl.jaas.config", new Password(String.valueOf(jaas))))
                .configurationEntries())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.getOptions())
                    .isEqualTo(Map.of("username", "ann \"x", "password", "p\"w\\ d';")));
  }

  @Test
  void withoutALoginTheSettingsDecide() {
    Map<String, Object> config =
        new KafkaCluster(List.of("a:1"), null).clientConfig(Map.of("security.protocol", "SSL"));
    assertThat(config).containsOnlyKeys("bootstrap.servers", "security.protocol");
  }

  @Test
  void itsTextHidesThePassword() {
    assertThat(CLUSTER.toString()).doesNotContain("p\"w");
  }
}
