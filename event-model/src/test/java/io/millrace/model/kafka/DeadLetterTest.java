package io.millrace.model.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

  @Test
  void recordKeepsEverythingAndSaysWhereItStoodAndWhy() {
    DeadLetter letter =
        new DeadLetter(
            "emitter/orders",
            "answered 400",
            "m.stream.x",
            3,
            41,
            Instant.parse("2026-01-31T10:00:00Z"));
    RecordHeaders original = new RecordHeaders();
    original.add("ce_id", "7".getBytes(UTF_8));

    ProducerRecord<byte[], byte[]> record =
        letter.record("m.dead-letters", "k".getBytes(UTF_8), "v".getBytes(UTF_8), original);

    assertThat(record.topic()).isEqualTo("m.dead-letters");
    assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo("v".getBytes(UTF_8));
    assertThat(record.headers())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly(
            "ce_id=7",
            "deadletter_origin=emitter/orders",
            "deadletter_cause=answered 400",
            "deadletter_topic=m.stream.x",
            "deadletter_partition=3",
            "deadletter_offset=41",
            "deadletter_time=2026-01-31T10:00:00Z");
    assertThat(original.toArray()).hasSize(1);
  }

  @Test
  void cutsACauseThatQuotesTooMuch() {
    var letter = new DeadLetter("router", "x".repeat(1 << 20), "t", 0, 7, Instant.EPOCH);
    assertThat(letter.cause()).hasSize(1_001);
  }
}
