package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.fixtures.LogCapture;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterConfigTest {

  @Test
  void brokersAreEnough() {
    RouterConfig config = config(Map.of());
    assertThat(config.applicationId()).isEqualTo("millrace-router");
    assertThat(config.management())
        .hasValueSatisfying(a -> assertThat(a.getPort()).isEqualTo(8022));
    assertThat(config.emitterPartitions()).isEqualTo(1);
  }

  @Test
  void applicationIdFollowsThePrefix() {
    assertThat(config(Map.of("topic.prefix", "acme")).applicationId()).isEqualTo("acme-router");
    assertThat(config(Map.of("application.id", "mine")).applicationId()).isEqualTo("mine");
  }

  @Test
  void managementCanBeOff() {
    assertThat(config(Map.of("management.port", "-1")).management()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "topic.prefix, in valid",
    "num.stream.threads, 0",
    "management.port, 70000",
    "processing.guarantee, sometimes",
    "emitter.partitions, x",
  })
  void wrongValuesAreRefusedByName(String key, String value) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> config(Map.of(key, value)))
        .withMessageContaining(key);
  }

  @Test
  void brokersAreRequired() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> new RouterConfig(Map.of()))
        .withMessageContaining("bootstrap.servers");
  }

  @Test
  void tellsKeysThatItDoesNotHave() {
    try (LogCapture log = LogCapture.begin(RouterConfig.class.getName())) {
      config(Map.of("kafka.main.consumer.max.poll.records", "5", "config.providers", ""));
      assertThat(log.lines()).isEmpty();
      config(Map.of("emiter.partitions", "2", "http.port", "1"));
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .contains("WARN", "no keys of the router", "[emiter.partitions, http.port]");
    }
  }

  @Test
  void kafkaSettingsReachEveryClientAndWin() {
    RouterConfig config =
        config(Map.of("kafka.security.protocol", "SSL", "kafka.producer.linger.ms", "7"));
    assertThat(config.clientSettings()).containsEntry("security.protocol", "SSL");
    StreamsConfig streams = new StreamsConfig(StreamsSettings.of(config, noContext()));
    assertThat(streams.getMainConsumerConfigs("g", "c", 0))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("metadata.max.age.ms", "1000")
        .containsEntry("max.poll.records", "5000")
        .containsEntry("session.timeout.ms", "6000");
    assertThat(streams.getProducerConfigs("c"))
        .containsEntry("linger.ms", "7")
        .containsEntry("batch.size", "131072");
    assertThat(streams.getAdminConfigs("c")).containsEntry("security.protocol", "SSL");
  }

  @Test
  void guaranteeIsPassedOn() {
    Properties atLeastOnce = StreamsSettings.of(config(Map.of()), noContext());
    Properties exactlyOnce =
        StreamsSettings.of(config(Map.of("processing.guarantee", "exactly_once_v2")), noContext());
    assertThat(atLeastOnce).containsEntry("commit.interval.ms", "1000");
    assertThat(exactlyOnce).containsEntry("processing.guarantee", "exactly_once_v2");
    assertThat(exactlyOnce).doesNotContainKey("commit.interval.ms");
  }

  private static UndeliveredHandler.Context noContext() {
    return new TestLanes().context();
  }

  private static RouterConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("bootstrap.servers", "localhost:9092");
    return new RouterConfig(all);
  }
}
