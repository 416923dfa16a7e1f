package io.millrace.emitter.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EmissionTest {

  @Test
  void keyIsTheSameWhereverTheEventStands() {
    Emission once = emission("e", "topic", 7, "/s", "1");
    Emission again = emission("e", "topic", 8, "/s", "1");
    assertThat(once.idempotencyKey())
        .isEqualTo(again.idempotencyKey())
        .isEqualTo("catPs7Et0fvWVhEbO_Zme25L")
        .matches("[A-Za-z0-9_-]{24}");
  }

  @Test
  void keyDiffersByEmitterSourceAndId() {
    assertThat(
            new String[] {
              emission("e", "topic", 7, "/s", "1").idempotencyKey(),
              emission("f", "topic", 7, "/s", "1").idempotencyKey(),
              emission("e", "topic", 7, "/t", "1").idempotencyKey(),
              emission("e", "topic", 7, "/s", "2").idempotencyKey()
            })
        .doesNotHaveDuplicates();
  }

  private static Emission emission(
      String emitter, String topic, long offset, String source, String id) {
    return new Emission(
        emitter,
        new TopicPartition(topic, 0),
        offset,
        Instant.EPOCH,
        CloudEventBuilder.v1().withId(id).withType("t").withSource(URI.create(source)).build());
  }
}
