package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.ResourceName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneIdTest {

  private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

  @ParameterizedTest
  @ValueSource(strings = {"plain", "orders to CRM (v2)", "ünïcode", "-"})
  void everyConnectorHasAnIdThatAStatusCanHave(String connector) {
    LaneId id = LaneId.direct(EmitterType.WEBHOOK, connector.repeat(30), PARTITION);
    assertThat(ResourceName.isValid(id.statusId())).isTrue();
    assertThat(id.emitterId()).isEqualTo(connector.repeat(30));
  }
}
