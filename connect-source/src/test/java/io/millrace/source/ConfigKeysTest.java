package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.source.config.Choice;
import io.millrace.source.task.EventSourceConnector;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form that is made from a connector's keys needs to know of each. */
class ConfigKeysTest {

  private static final List<ConfigDef.Type> NUMBERS =
      List.of(ConfigDef.Type.INT, ConfigDef.Type.LONG, ConfigDef.Type.SHORT, ConfigDef.Type.DOUBLE);

  static Stream<SourceConnector> connectors() {
    return ServiceLoader.load(SourceConnector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(EventSourceConnector.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void eachKeyIsExplainedAndHasItsPlace(SourceConnector connector) {
    assertThat(connector.config().configKeys().values())
        .isNotEmpty()
        .allSatisfy(
            key -> {
              assertThat(key.group).as(key.name).isNotBlank();
              assertThat(key.documentation).as(key.name).endsWith(".");
              assertThat(key.displayName).as(key.name).isNotBlank();
              assertThat(key.width).as(key.name).isNotEqualTo(ConfigDef.Width.NONE);
              assertThat(key.orderInGroup).as(key.name).isPositive();
              if (NUMBERS.contains(key.type)) {
                assertThat(key.validator).as(key.name).isNotNull();
              }
              if (key.validator instanceof Choice) {
                assertThat(key.recommender).as(key.name).isSameAs(key.validator);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void placesInAGroupAreTakenOnce(SourceConnector connector) {
    List<ConfigKey> keys = List.copyOf(connector.config().configKeys().values());
    assertThat(keys).extracting(key -> key.group + " " + key.orderInGroup).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void whatIsSecretIsAPassword(SourceConnector connector) {
    assertThat(connector.config().configKeys().values())
        .filteredOn(key -> key.name.matches(".*(secret|password|token|key)"))
        .filteredOn(key -> !key.name.endsWith("partition.key"))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key.type).isEqualTo(ConfigDef.Type.PASSWORD));
  }
}
