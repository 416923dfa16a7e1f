package io.millrace.gateway.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.schema.DataFetchingEnvironmentImpl;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlProblem;
import io.millrace.gateway.subscription.Pace;
import io.millrace.model.mmm.EntityStatus;
import io.millrace.model.mmm.MmmFilter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class WantedTest {

  @Test
  void withoutArgumentsItIsEverythingAtTheUsualPace() {
    Wanted wanted = wanted(Map.of());
    assertThat(wanted.id()).isEqualTo("id");
    assertThat(wanted.definition().stream()).isEqualTo("mmm");
    assertThat(wanted.definition().owner()).isEqualTo("ann");
    assertThat(wanted.definition().filter()).isEqualTo(MmmFilter.EVERYTHING.toEventFilter());
    assertThat(wanted.lastEventId()).isEmpty();
    assertThat(wanted.pace()).isEqualTo(new Pace(100, Duration.ofMillis(200), 1_000));
  }

  @Test
  void everyPartOfTheFilterCounts() {
    Wanted wanted =
        wanted(
            Map.of(
                "entityId", "e",
                "entityType", "t",
                "parentId", "p",
                "eventType", "DELETED",
                "excludeOwnModifications", true));
    assertThat(wanted.definition().filter())
        .isEqualTo(new MmmFilter("e", "t", "p", EntityStatus.DELETED, "ann").toEventFilter());
  }

  @Test
  void theTypeHasTwoNames() {
    var expected = new MmmFilter(null, "t", null, null, null).toEventFilter();
    assertThat(wanted(Map.of("entity_type", "t")).definition().filter()).isEqualTo(expected);
    assertThat(wanted(Map.of("entity_type", "t", "entityType", "t")).definition().filter())
        .isEqualTo(expected);
    assertRefused(Map.of("entity_type", "t", "entityType", "u"), "must not differ");
  }

  @Test
  void nullIsAsGoodAsAbsent() {
    Map<String, Object> nulls = new HashMap<>();
    for (String name :
        new String[] {
          "lastEventId", "excludeOwnModifications", "chunkSize", "chunkMaxDelay", "ackLimit",
          "entityId", "entityType", "entity_type", "parentId", "eventType"
        }) {
      nulls.put(name, null);
    }
    assertThat(wanted(nulls)).isEqualTo(wanted(Map.of()));
  }

  @Test
  void numbersAreKeptWithinBounds() {
    assertThat(
            wanted(Map.of("chunkSize", 5_000, "chunkMaxDelay", 90_000, "ackLimit", 50_000)).pace())
        .isEqualTo(new Pace(1_000, Duration.ofSeconds(60), 10_000));
    assertThat(wanted(Map.of("chunkSize", 10, "chunkMaxDelay", 0, "ackLimit", 5)).pace())
        .isEqualTo(new Pace(10, Duration.ZERO, 5));
  }

  @Test
  void lastEventIdIsTaken() {
    assertThat(wanted(Map.of("lastEventId", 17L)).lastEventId()).isEqualTo(OptionalLong.of(17));
    assertThat(wanted(Map.of("lastEventId", 0L)).lastEventId()).isEqualTo(OptionalLong.of(0));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertRefused(
        Map.of(
            "chunkSize",
            0,
            "chunkMaxDelay",
            -1,
            "ackLimit",
            0,
            "lastEventId",
            -1L,
            "eventType",
            "created",
            "entityType",
            ""),
        "chunkSize",
        "chunkMaxDelay",
        "ackLimit",
        "lastEventId",
        "eventType",
        "entityType");
  }

  @Test
  void theUsualMustNotBeMoreThanTheMost() {
    assertThatThrownBy(() -> config(Map.of("mmm.chunk.size", "2000")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mmm.chunk.size")
        .hasMessageContaining("mmm.chunk.size.max");
  }

  private static void assertRefused(Map<String, Object> arguments, CharSequence... reasons) {
    assertThatThrownBy(() -> wanted(arguments))
        .isInstanceOfSatisfying(
            GraphQlProblem.class,
            problem -> assertThat(problem.code()).isEqualTo(ErrorCode.BAD_USER_INPUT))
        .hasMessageContainingAll(reasons);
  }

  private static Wanted wanted(Map<String, Object> arguments) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("subscriptionId", "id");
    return Wanted.of(
        DataFetchingEnvironmentImpl.newDataFetchingEnvironment().arguments(all).build(),
        config(Map.of()),
        "ann");
  }

  static MmmConfig config(Map<String, String> settings) {
    return MmmConfig.from(new AbstractConfig(MmmConfig.define(new ConfigDef()), settings, false));
  }
}
