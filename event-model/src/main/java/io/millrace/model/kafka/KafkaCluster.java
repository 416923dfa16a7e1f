package io.millrace.model.kafka;

import io.millrace.model.identity.Credentials.SaslPlain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster that an emitter writes to, and who it is there. Its text never shows a secret.
 *
 * @param brokers each as {@code host:port}
 * @param login absent where the cluster does not ask
 */
public record KafkaCluster(List<String> brokers, @Nullable SaslPlain login) {

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";

  public KafkaCluster {
    brokers = List.copyOf(brokers);
  }

  /**
   * Configuration of any client of this cluster. With a login it is {@code SASL_SSL} with {@code
   * PLAIN}, whatever the settings say: a password is never sent without TLS. Source: Trisotech DES,
   * Kafka emitter.
   *
   * @param settings of clients in general, such as a trust store
   */
  public Map<String, Object> clientConfig(Map<String, ?> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
    if (login != null) {
      config.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SecurityProtocol.SASL_SSL.name);
      config.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
      config.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          MODULE
              + " username="
              + quoted(login.username())
              + " password="
              + quoted(login.password().value())
              + ";");
    }
    return config;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
