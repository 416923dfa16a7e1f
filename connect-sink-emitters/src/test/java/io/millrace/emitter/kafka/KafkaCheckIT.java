package io.millrace.emitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.SecureKafka;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Connect is told before it accepts a connector. */
class KafkaCheckIT {

  @TempDir private static Path folder;
  private static SecureKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecureKafka.start(folder);
    try (Admin admin = kafka.admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log("there", 1)));
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aTopicThatIsThereIsFine() {
    assertThat(errors(Map.of("topic", "there"))).isEmpty();
  }

  @Test
  void aMissingTopicIsToldAtItsKey() {
    assertThat(errors(Map.of("topic", "missing")))
        .isEqualTo(
            Map.of(
                "topic",
                List.of(
                    "topic missing does not exist there, and the brokers create none: create it"
                        + " first")));
    assertThat(errors(Map.of("topic", "missing", "topic.check.timeout.ms", "0"))).isEmpty();
  }

  @Test
  void aTopicThatTheBrokersCreateIsFine(@TempDir Path other) {
    try (SecureKafka creating =
        SecureKafka.start(other, Map.of("auto.create.topics.enable", "true"))) {
      Map<String, String> props = new HashMap<>(Map.of("topic", "missing"));
      creating.trust().forEach((key, value) -> props.put("producer." + key, value));
      props.put("brokers", creating.bootstrapServers());
      assertThat(errors(props)).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsTold() {
    assertThat(errors(Map.of("topic", "there", "identity.password", "another")))
        .hasEntrySatisfying(
            "brokers",
            messages ->
                assertThat(messages)
                    .singleElement()
                    .asString()
                    .startsWith("brokers refuse the identity: "));
  }

  @Test
  void anIdentityOfAnotherTypeIsTold() {
    assertThat(errors(Map.of("topic", "there", "identity.type", "basic")))
        .isEqualTo(Map.of("identity.type", List.of("identity.type must be saslPlain for Kafka")));
  }

  @Test
  void brokersThatAreNotThereAreTold() {
    assertThat(errors(Map.of("topic", "there", "brokers", "127.0.0.1:1")))
        .isEqualTo(Map.of("brokers", List.of("brokers do not answer within 5000 ms")));
    assertThat(errors(Map.of("topic", "there", "brokers", "no-such-host.invalid:1")))
        .isEqualTo(
            Map.of(
                "brokers",
                List.of(
                    "brokers cannot be used: No resolvable bootstrap urls given in"
                        + " bootstrap.servers")));
  }

  @Test
  void settingsOfTheProducerAreChecked() {
    assertThat(errors(Map.of("topic", "there", "producer.compression.type", "zip")))
        .containsOnlyKeys("brokers");
  }

  @Test
  void aPasswordIsNotHandedToEveryEmittersBrokers() {
    Map<String, String> shared =
        Map.of(
            "emitter.definitions",
            "topic",
            "bootstrap.servers",
            "b:1",
            "producer.sasl.jaas.config",
            "x required;");
    assertThat(messages(shared)).containsOnlyKeys("brokers");
  }

  private static Map<String, List<String>> errors(Map<String, String> more) {
    Map<String, String> props = new HashMap<>();
    props.put("brokers", kafka.bootstrapServers());
    props.put("identity.type", "saslPlain");
    props.put("identity.username", SecureKafka.OWNER);
    props.put("identity.password", SecureKafka.PASSWORD);
    kafka.trust().forEach((key, value) -> props.put("producer." + key, value));
    props.putAll(more);
    return messages(props);
  }

  private static Map<String, List<String>> messages(Map<String, String> props) {
    Map<String, String> named = new HashMap<>(props);
    named.put("name", KafkaFixture.uniqueName("kafka"));
    return new KafkaEmitterConnector()
        .validate(named).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }
}
