package io.millrace.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.task.Choice;
import io.millrace.emitter.task.EmitterKind;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form that is made from a connector's keys needs to know of each. */
class ConfigKeysTest {

  private static final List<ConfigDef.Type> NUMBERS =
      List.of(ConfigDef.Type.INT, ConfigDef.Type.LONG, ConfigDef.Type.SHORT, ConfigDef.Type.DOUBLE);

  static Stream<SinkConnector> connectors() {
    return ServiceLoader.load(SinkConnector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.getClass().getName().startsWith("io.millrace."));
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void eachKeyIsExplainedAndHasItsPlace(SinkConnector connector) {
    assertThat(connector.config().configKeys().values())
        .isNotEmpty()
        .allSatisfy(
            key -> {
              assertThat(key.group).as(key.name).isNotBlank();
              assertThat(key.documentation).as(key.name).endsWith(".");
              assertThat(key.displayName).as(key.name).isNotBlank();
              assertThat(key.width).as(key.name).isNotEqualTo(ConfigDef.Width.NONE);
              assertThat(key.orderInGroup).as(key.name).isPositive();
            });
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void numbersHaveTheirRangeAndChoicesTheirValues(SinkConnector connector) {
    assertThat(connector.config().configKeys().values())
        .allSatisfy(
            key -> {
              // Parameters are checked where definitions are read.
              if (NUMBERS.contains(key.type) && !key.group.equals(EmitterKind.PARAMETERS)) {
                assertThat(key.validator).as(key.name).isNotNull();
              }
              if (key.validator instanceof Choice) {
                assertThat(key.recommender).as(key.name).isSameAs(key.validator);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void placesInAGroupAreTakenOnce(SinkConnector connector) {
    List<ConfigKey> keys = List.copyOf(connector.config().configKeys().values());
    assertThat(keys).extracting(key -> key.group + " " + key.orderInGroup).doesNotHaveDuplicates();
  }
}
