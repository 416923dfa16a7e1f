package io.millrace.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTableTest {

  private final StreamTable table =
      new StreamTable(
          Map.of(
              "des", List.of(TopicPath.parse("service"), TopicPath.parse("task")),
              "finance", List.of(TopicPath.parse("service/production/finance")),
              "open", List.of(),
              "closed", List.of(TopicPath.parse("own"))));

  @ParameterizedTest
  @CsvSource({
    "service, open, des",
    "/service/production, open, des",
    "service/production/finance, open, finance",
    "service/production/finance/a/b, open, finance",
    "service/production/financial, open, des",
    "services, open, open",
    "own/a, open, closed",
    "own/a, closed, closed",
    "other, open, open",
    "other, nowhereConfigured, nowhereConfigured",
  })
  void choosesTheLongestClaim(String topic, String defaultStream, String chosen) {
    assertThat(table.choose(TopicPath.parse(topic), defaultStream)).hasValue(chosen);
  }

  @Test
  void knowsNoOtherTopicsOfAStreamWithClaims() {
    assertThat(table.choose(TopicPath.parse("other"), "closed")).isEmpty();
  }

  @Test
  void refusesTwoClaimsOfOneTopic() {
    Map<String, List<TopicPath>> claims =
        Map.of("a", List.of(TopicPath.parse("x")), "b", List.of(TopicPath.parse("/x")));

    assertThatThrownBy(() -> new StreamTable(claims)).hasMessageContaining("both claim");
  }
}
