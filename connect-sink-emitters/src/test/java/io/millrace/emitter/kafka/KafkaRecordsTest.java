package io.millrace.emitter.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.Events;
import io.millrace.emitter.kafka.KafkaRecords.NoKeyException;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.task.PluginFormats;
import io.millrace.filter.feel.EvaluationFailedException;
import io.millrace.filter.feel.EventExpression;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.event.EventRecords;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaRecordsTest {

  private static final CloudEvent EVENT =
      Events.builder("7")
          .withSubject("orders/7")
          .withExtension("partitionkey", "ann")
          .withDataContentType("application/json")
          .withData("{\"amount\":100.0,\"tags\":[1],\"since\":\"2020-02-03\"}".getBytes(UTF_8))
          .build();

  @BeforeAll
  static void load() {
    PluginFormats.load();
  }

  @Test
  void binaryHasAttributesAsHeadersAndTheDataAsItIs() throws Exception {
    ProducerRecord<byte[], byte[]> record = record(EVENT, Map.of());
    assertThat(record.topic()).isEqualTo("t");
    assertThat(EventRecords.read(record.headers(), record.value())).isEqualTo(EVENT);
    assertThat(new String(record.value(), UTF_8)).startsWith("{\"amount\":100.0,");
    assertThat(header(record, "ce_id")).isEqualTo("7");
    assertThat(header(record, "content-type")).isEqualTo("application/json");
  }

  @Test
  void structuredHasEverythingInOneDocument() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        record(
            EVENT,
            Map.of("mode", "structured", "prettyPrint", true, "source", "urn:s", "subject", "x"));
    assertThat(header(record, "content-type")).isEqualTo("application/cloudevents+json");
    assertThat(new String(record.value(), UTF_8)).contains("\n");
    CloudEvent read = EventRecords.read(record.headers(), record.value());
    assertThat(read.getId()).isEqualTo("7");
    assertThat(read.getSource()).hasToString("urn:s");
    assertThat(read.getSubject()).isEqualTo("x");
  }

  @Test
  void prettyPrintLaysOutTheDataOfABinaryRecord() throws Exception {
    assertThat(new String(record(EVENT, Map.of("prettyPrint", true)).value(), UTF_8))
        .contains("\n");
  }

  @Test
  void anEventWithoutDataHasNoValueInBinaryMode() throws Exception {
    assertThat(record(Events.builder("1").build(), Map.of()).value()).isNull();
  }

  @Test
  void withoutAnExpressionTheKeyIsTheEventsOwn() throws Exception {
    assertThat(key(EVENT, Map.of("subject", "x"))).isEqualTo("ann");
    assertThat(key(Events.builder("1").build(), Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event.subject|orders/7",
        "amount|100",
        "amount > 1|true",
        "date(since)|2020-02-03",
        "date and time(\"2020-02-03T04:05:00Z\")|2020-02-03T04:05:00Z",
        "duration(\"PT90S\")|PT1M30S",
        "missing|",
      })
  void theKeyIsTheExpressionsValueAsText(String expression, @Nullable String key) throws Exception {
    assertThat(key(EVENT, Map.of("keyExpression", expression))).isEqualTo(key);
  }

  @Test
  void aListIsNoKey() {
    assertThatThrownBy(() -> key(EVENT, Map.of("keyExpression", "tags")))
        .isInstanceOf(NoKeyException.class)
        .hasMessage("keyExpression gives a list or a context, and no key");
  }

  @Test
  void dataThatCannotBeReadHasNoKey() {
    CloudEvent broken = Events.event("1", "{");
    assertThatThrownBy(() -> key(broken, Map.of("keyExpression", "amount")))
        .isInstanceOf(EvaluationFailedException.class);
    assertThatThrownBy(() -> record(broken, Map.of("mode", "structured")))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void theIdempotencyKeyStaysTheSame() throws Exception {
    String first = header(record(EVENT, Map.of()), KafkaRecords.IDEMPOTENCY_KEY);
    assertThat(first).isNotEmpty();
    assertThat(header(record(EVENT, Map.of("mode", "structured")), KafkaRecords.IDEMPOTENCY_KEY))
        .isEqualTo(first);
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static @Nullable String key(CloudEvent event, Map<String, ?> parameters)
      throws Exception {
    byte[] key = record(event, parameters).key();
    return key == null ? null : new String(key, UTF_8);
  }

  private static ProducerRecord<byte[], byte[]> record(CloudEvent event, Map<String, ?> parameters)
      throws Exception {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("brokers", "b:1");
    all.put("topic", "t");
    KafkaParameters read = (KafkaParameters) Events.parameters(EmitterType.KAFKA, all);
    String key = read.keyExpression();
    return new KafkaRecords(read, key == null ? null : EventExpression.compile(key))
        .record(new Emission("e", new TopicPartition("source", 0), 41, null, event));
  }
}
