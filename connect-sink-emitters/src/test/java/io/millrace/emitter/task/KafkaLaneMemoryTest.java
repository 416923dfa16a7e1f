package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.junit.jupiter.api.Test;

class KafkaLaneMemoryTest {

  @Test
  void asksForNoTimeThatMeansSomethingElseToKafka() {
    for (String early : new String[] {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z"}) {
      assertThat(KafkaLaneMemory.since(Instant.parse(early)))
          .isInstanceOf(OffsetSpec.EarliestSpec.class);
    }
    assertThat(KafkaLaneMemory.since(Instant.MIN)).isInstanceOf(OffsetSpec.EarliestSpec.class);
    assertThat(KafkaLaneMemory.since(Instant.EPOCH)).isInstanceOf(OffsetSpec.TimestampSpec.class);
  }
}
