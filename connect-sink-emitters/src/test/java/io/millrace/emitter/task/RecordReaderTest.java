package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.UnreadableEventException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  @Test
  void readsHeadersThatTheDefaultConverterHasGuessedTypesOf() throws Exception {
    SinkRecord record = record(null, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    record.headers().addFloat("ce_specversion", 1.0f);
    record.headers().addInt("ce_id", 17);
    record.headers().addString("ce_type", "T");
    record.headers().addString("ce_source", "/s");
    record.headers().addBoolean("ce_flag", true);
    Date time = Date.from(Instant.parse("2026-01-31T10:11:12.500Z"));
    record.headers().add("ce_time", time, Timestamp.SCHEMA);
    record.headers().addString("content-type", "application/json");

    CloudEvent event = RecordReader.event(record);

    assertThat(event.getId()).isEqualTo("17");
    assertThat(event.getTime()).isEqualTo("2026-01-31T10:11:12.500Z");
    assertThat(event.getExtension("flag")).isEqualTo("true");
  }

  @Test
  void readsBytesTextMapsAndStructsAsTheSameData() throws Exception {
    Schema schema =
        SchemaBuilder.struct()
            .field("a", Schema.INT32_SCHEMA)
            .field("b", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .build();
    Struct struct = new Struct(schema).put("a", 1).put("b", List.of("x"));
    String json = "{\"a\":1,\"b\":[\"x\"]}";
    for (SinkRecord record :
        List.of(
            record(null, json.getBytes(StandardCharsets.UTF_8)),
            record(null, json),
            record(null, new TreeMap<>(Map.of("a", 1, "b", List.of("x")))),
            record(schema, struct))) {
      attributes(record);
      assertThat(RecordReader.event(record).getData().toBytes()).asString().isEqualTo(json);
    }
  }

  @Test
  void readsAStructuredEventThatAConverterTookApart() throws Exception {
    SinkRecord record =
        record(null, Map.of("specversion", "1.0", "id", "1", "type", "T", "source", "/s"));
    PluginFormats.load();
    assertThat(RecordReader.event(record).getType()).isEqualTo("T");
  }

  @Test
  void refusesWhatIsNoEvent() {
    assertThatThrownBy(() -> RecordReader.event(record(null, "hello")))
        .isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void ordersByTheRecordsKeyElseByTheEventsSubject() throws Exception {
    SinkRecord keyless = record(null, "{}");
    attributes(keyless);
    keyless.headers().addString("ce_subject", "s");
    CloudEvent event = RecordReader.event(keyless);
    SinkRecord keyed = new SinkRecord("t", 0, null, new byte[] {1}, null, null, 0);

    assertThat(RecordReader.key(keyless, event))
        .isEqualTo(ByteBuffer.wrap("s".getBytes(StandardCharsets.UTF_8)));
    assertThat(RecordReader.key(keyed, event)).isEqualTo(RecordReader.key(keyed, null));
  }

  private static SinkRecord record(Schema schema, Object value) {
    return new SinkRecord("t", 0, null, null, schema, value, 0);
  }

  private static void attributes(SinkRecord record) {
    record.headers().addString("ce_specversion", "1.0");
    record.headers().addString("ce_id", "1");
    record.headers().addString("ce_type", "T");
    record.headers().addString("ce_source", "/s");
    record.headers().addString("content-type", "application/json");
  }
}
