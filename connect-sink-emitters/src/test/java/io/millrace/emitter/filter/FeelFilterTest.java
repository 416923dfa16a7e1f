package io.millrace.emitter.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.filter.feel.FeelExpression;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeelFilterTest {

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .field("amount", Decimal.schema(2))
          .field("due", org.apache.kafka.connect.data.Date.SCHEMA)
          .field("at", Timestamp.SCHEMA)
          .field("raw", Schema.BYTES_SCHEMA)
          .field("ratio", Schema.FLOAT64_SCHEMA)
          .field("items", SchemaBuilder.array(Schema.INT64_SCHEMA).build())
          .build();

  private static final Struct STRUCT =
      new Struct(ORDER)
          .put("amount", new BigDecimal("100.01"))
          .put("due", Date.from(Instant.EPOCH))
          .put("at", Date.from(Instant.parse("2026-11-21T10:00:00Z")))
          .put("raw", new byte[] {1, 2, 3})
          .put("ratio", 0.5)
          .put("items", List.of(1L, 2L));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount > 100 and amount < 100.02 and data.amount = 100.01",
        "date(due) = @\"1970-01-01\"",
        "date and time(at) > @\"2026-11-21T09:59:59Z\"",
        "raw = \"AQID\"",
        "ratio = 0.5 and sum(items) = 3",
        "event = null and event.type = null"
      })
  void structsAreContextsOfFeelsOwnValues(String expression) {
    assertThat(keeps(expression, plain(ORDER, STRUCT))).isTrue();
  }

  @Test
  void theSameDataIsReadHoweverItWasConverted() {
    String json = " {\"amount\": 101, \"items\": [1]}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (Object value :
        List.of(json, bytes, ByteBuffer.wrap(bytes), Map.of("amount", 101L, "items", List.of(1)))) {
      assertThat(keeps("amount = 101 and count(items) = 1", plain(null, value)))
          .as(value.getClass().getSimpleName())
          .isTrue();
      assertThat(keeps("amount > 101", plain(null, value))).isFalse();
    }
  }

  @Test
  void primitivesAreData() {
    assertThat(keeps("data = 42", plain(Schema.INT32_SCHEMA, 42))).isTrue();
    assertThat(keeps("data = 1.5", plain(null, 1.5f))).isTrue();
    assertThat(keeps("data", plain(Schema.BOOLEAN_SCHEMA, true))).isTrue();
    assertThat(keeps("data = \"42\"", plain(null, "42"))).isTrue();
    assertThat(keeps("contains(data, \"WARN\")", plain(null, "[WARN] disk full"))).isTrue();
    assertThat(keeps("data[1] = \"a\"", plain(null, List.of("a", "b")))).isTrue();
    assertThat(keeps("data[2] = 7", plain(null, "[1, 7]"))).isTrue();
    assertThat(keeps("data = null", plain(null, null))).isTrue();
    assertThat(keeps("data = null", plain(null, Double.NaN))).isTrue();
    assertThat(keeps("data = null", plain(null, new byte[] {(byte) 0xff}))).isTrue();
  }

  @Test
  void eventsGiveTheirDataAndAttributes() {
    SinkRecord binary = event("{\"amount\": 101}");
    assertThat(keeps("event.type = \"T\" and event.subject = \"s\" and amount > 100", binary))
        .isTrue();
    assertThat(keeps("event.type = \"U\"", binary)).isFalse();

    String structured =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"T\",\"source\":\"/s\",\"data\":{\"amount\":101}}";
    SinkRecord record = plain(null, structured);
    record.headers().addString("content-type", "application/cloudevents+json; charset=utf-8");
    assertThat(keeps("event.type = \"T\" and amount = 101", record)).isTrue();
    SinkRecord apart =
        plain(
            null,
            Map.of(
                "specversion",
                "1.0",
                "id",
                "1",
                "type",
                "T",
                "source",
                "/s",
                "data",
                Map.of("a", 1)));
    assertThat(keeps("event.type = \"T\" and a = 1", apart)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record.topic = \"t\" and record.partition = 3",
        "record.key.id = 7",
        "record.timestamp = @\"2026-11-21T10:00:00Z\"",
        "record.headers.color = \"red\" and record.headers.size = 2",
        "record.headers.missing = null",
        "count([1][item = 1 and record.partition = 3]) = 1"
      })
  void theRecordItselfCanBeNamed(String expression) {
    long time = Instant.parse("2026-11-21T10:00:00Z").toEpochMilli();
    SinkRecord record =
        new SinkRecord(
            "t", 3, null, "{\"id\": 7}", null, "text", 0, time, TimestampType.CREATE_TIME);
    record.headers().addString("color", "blue").addString("color", "red").addInt("size", 2);
    assertThat(keeps(expression, record)).isTrue();
  }

  @Test
  void sourceRecordsMayHaveNeitherPartitionNorTime() {
    SourceRecord record =
        new SourceRecord(Map.of(), Map.of(), "t", null, "{\"amount\": 5, \"record\": \"own\"}");
    String nothing = "record.partition = null and record.timestamp = null and record.key = null";
    SourceRecord plain = new SourceRecord(Map.of(), Map.of(), "t", null, "text");
    try (FeelFilter<SourceRecord> filter = configured(nothing);
        FeelFilter<SourceRecord> own = configured("record = \"own\" and amount = 5")) {
      assertThat(filter.apply(plain)).isSameAs(plain);
      assertThat(own.apply(record)).as("a field of the data wins").isSameAs(record);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing > 3, false",
    "not(missing > 3), false",
    "missing > 3 or amount = 101, true",
    "missing > 3 and amount = 101, false",
    "missing = null, true",
    "amount, false",
    "\"true\", false"
  })
  void onlyTrueKeeps(String expression, boolean kept) {
    assertThat(keeps(expression, event("{\"amount\": 101}"))).isEqualTo(kept);
    FeelPredicate<SinkRecord> predicate = new FeelPredicate<>();
    predicate.configure(Map.of("expression", expression));
    assertThat(predicate.test(event("{\"amount\": 101}"))).isEqualTo(kept);
  }

  @Test
  void whatCannotBeEvaluatedIsDroppedAndCounted() throws Exception {
    FeelCondition condition = new FeelCondition(FeelExpression.compile("true"));
    SinkRecord noEvent = plain(null, "{}");
    noEvent.headers().addString("ce_specversion", "1.0");
    assertThat(condition.holds(noEvent)).isFalse();
    assertThat(condition.holds(event("nonsense"))).isFalse();
    assertThat(condition.holds(plain(null, new BigDecimal("1E7000")))).isFalse();
    assertThat(condition.holds(event("{}"))).isTrue();
    assertThat(condition.failures()).isEqualTo(3);

    FeelCondition costly = new FeelCondition(FeelExpression.compile("10 ** 999999 > 1"));
    assertThat(costly.holds(event("{}"))).isFalse();
    assertThat(costly.failures()).isEqualTo(1);
  }

  @Test
  void nothingIsKeptBeforeItIsConfigured() {
    try (FeelFilter<SinkRecord> filter = new FeelFilter<>();
        FeelPredicate<SinkRecord> predicate = new FeelPredicate<>()) {
      assertThat(filter.apply(event("{}"))).isNull();
      assertThat(predicate.test(event("{}"))).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "amount >          | line 1, column",
        "true and wrong(1) | line 1, column 10",
        "amount == 1       | line 1, column",
        "function(x) x     | line 1, column 1"
      })
  void badExpressionsAreRefusedWithTheirPlace(String expression, String place) {
    for (var plugin : List.of(new FeelFilter<SinkRecord>().config(), ExpressionConfig.DEF)) {
      assertThatThrownBy(() -> plugin.parse(Map.of("expression", expression)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("for configuration expression")
          .hasMessageContaining(place);
    }
    assertThatThrownBy(() -> configured(expression)).isInstanceOf(ConfigException.class);
  }

  @Test
  void theExpressionIsRequired() {
    assertThatThrownBy(() -> new FeelPredicate<SinkRecord>().configure(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("\"expression\"");
  }

  private static boolean keeps(String expression, SinkRecord record) {
    try (FeelFilter<SinkRecord> filter = configured(expression)) {
      return filter.apply(record) != null;
    }
  }

  private static <R extends org.apache.kafka.connect.connector.ConnectRecord<R>>
      FeelFilter<R> configured(String expression) {
    FeelFilter<R> filter = new FeelFilter<>();
    filter.configure(Map.of("expression", expression));
    return filter;
  }

  private static SinkRecord plain(@Nullable Schema schema, @Nullable Object value) {
    return new SinkRecord("t", 0, null, null, schema, value, 0);
  }

  private static SinkRecord event(String json) {
    SinkRecord record = plain(null, json.getBytes(StandardCharsets.UTF_8));
    record.headers().addString("ce_specversion", "1.0").addString("ce_id", "1");
    record.headers().addString("ce_type", "T").addString("ce_source", "/s");
    record.headers().addString("ce_subject", "s").addString("content-type", "application/json");
    return record;
  }
}
