package io.millrace.source.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.EventRecords;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRecordsTest {

  private static final String BYTES = ByteArrayConverter.class.getName();
  private static final String TEXT = StringConverter.class.getName();
  private static final String SIMPLE = SimpleHeaderConverter.class.getName();
  private static final String JSON = JsonConverter.class.getName();

  private static final String PATH = "ce_topicpath";

  private static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("1.0")
          .withSource(URI.create("/s"))
          .withType("a.b")
          .withSubject("größe 7")
          .withTime(OffsetDateTime.parse("2026-01-31T10:00:00.120Z"))
          .withExtension("tenantid", "t1")
          .withExtension("count", 5)
          .withData("application/json", "{\"n\":1,\"l\":[null,\"ü\"]}".getBytes(UTF_8))
          .build();

  /** As the worker does, by the converters that the connector's configuration names. */
  @ParameterizedTest
  @CsvSource({
    "ByteArrayConverter,ByteArrayConverter,ByteArrayConverter",
    "StringConverter,StringConverter,SimpleHeaderConverter",
    "StringConverter,JsonConverter,StringConverter",
    "ByteArrayConverter,StringConverter,SimpleHeaderConverter",
  })
  void recordsAreWhatWeWriteOurselvesByEachConverter(String key, String value, String header)
      throws Exception {
    Map<String, String> props = new HashMap<>();
    props.put("key.converter", full(key));
    props.put("value.converter", full(value));
    props.put("value.converter.schemas.enable", "false");
    props.put("header.converter", full(header));
    SourceRecords.Parts parts = records(props).of(EVENT);
    ProducerRecord<byte[], byte[]> ours = EventRecords.write("millrace.stream.orders", EVENT);
    assertThat(parts.topic()).isEqualTo("millrace.stream.orders");
    assertThat(converted(converter(key, true), parts.key())).isEqualTo(ours.key());
    assertThat(converted(converter(value, false), parts.value())).isEqualTo(ours.value());
    Map<String, String> written = new TreeMap<>();
    try (HeaderConverter converter =
        Class.forName(full(header))
            .asSubclass(HeaderConverter.class)
            .getConstructor()
            .newInstance()) {
      parts
          .headers()
          .forEach(
              each ->
                  written.put(
                      each.key(),
                      new String(
                          converter.fromConnectHeader("t", each.key(), each.schema(), each.value()),
                          UTF_8)));
    }
    Map<String, String> expected = new TreeMap<>();
    for (Header each : ours.headers()) {
      expected.put(each.key(), new String(each.value(), UTF_8));
    }
    assertThat(written).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"ByteArrayConverter", "StringConverter", "JsonConverter"})
  void eventsWithoutDataHaveNoValue(String value) throws Exception {
    Map<String, String> props = bytes();
    props.put("value.converter", full(value));
    props.put("value.converter.schemas.enable", "false");
    CloudEvent bare = CloudEventBuilder.v1(EVENT).withoutData().withoutDataContentType().build();
    SourceRecords.Parts parts = records(props).of(bare);
    assertThat(converted(converter(value, false), parts.value())).isNull();
    assertThat(parts.headers().lastWithName("content-type")).isNull();
  }

  @Test
  void jsonKeepsItsNumbersAsFarAsTheConverterCan() throws Exception {
    Map<String, String> props = bytes();
    props.put("value.form", "json");
    String data = "{\"i\":9223372036854775807,\"d\":1.5,\"b\":true,\"n\":null,\"o\":{\"a\":[1]}}";
    CloudEvent event = CloudEventBuilder.v1(EVENT).withData(data.getBytes(UTF_8)).build();
    Converter json = converter("JsonConverter", false);
    assertThat(converted(json, records(props).of(event).value())).asString(UTF_8).isEqualTo(data);
    CloudEvent huge =
        CloudEventBuilder.v1(EVENT).withData("[18446744073709551616]".getBytes(UTF_8)).build();
    assertThat(converted(json, records(props).of(huge).value()))
        .asString(UTF_8)
        .isEqualTo("[1.8446744073709552E19]");
  }

  @Test
  void templatesGiveTopicPathAndKey() {
    Map<String, String> props = bytes();
    props.put("topicpath.template", "acronis/{tenantid}/{subjecttype:none}/{source}");
    props.put("partitionkey.template", "{tenantid}-{count}");
    SourceRecords.Parts parts = records(props).of(EVENT);
    assertThat((byte[]) parts.key().value()).asString(UTF_8).isEqualTo("t1-5");
    assertThat((byte[]) parts.headers().lastWithName("ce_topicpath").value())
        .asString(UTF_8)
        .isEqualTo("acronis/t1/none/s");
  }

  @Test
  void eventsOfTheConnectorItselfHaveTheTopicPathThatStandsInPlaceOfOne() {
    ConnectionGap gap =
        new ConnectionGap(EVENT.getSource(), "mine", Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    Map<String, String> props = bytes();
    props.put("topicpath.template", "{topicpath:foundry/connection}");
    assertThat((byte[]) records(props).of(gap.event()).headers().lastWithName(PATH).value())
        .asString(UTF_8)
        .isEqualTo("foundry/connection");
    CloudEvent pushed = CloudEventBuilder.v1(EVENT).withExtension("topicpath", "a/b").build();
    assertThat((byte[]) records(props).of(pushed).headers().lastWithName(PATH).value())
        .asString(UTF_8)
        .isEqualTo("a/b");
  }

  @Test
  void whatLacksAnAttributeOfTheTemplateHasNoTopicPath() {
    Map<String, String> props = bytes();
    props.put("topicpath.template", "{topicpath}/{missing}");
    CloudEvent event = CloudEventBuilder.v1(EVENT).withExtension("topicpath", "a/b").build();
    assertThat(records(props).of(event).headers().lastWithName("ce_topicpath")).isNull();
    props.put("topicpath.template", "in/{topicpath}");
    assertThat((byte[]) records(props).of(event).headers().lastWithName("ce_topicpath").value())
        .asString(UTF_8)
        .isEqualTo("in/a/b");
  }

  @ParameterizedTest
  @CsvSource({
    "key.converter,,key.form cannot be known",
    "header.converter,,header.form cannot be known",
    "value.converter,,value.form cannot be known",
    "value.converter,io.confluent.connect.avro.AvroConverter,value.form cannot be known",
    "value.converter,org.apache.kafka.connect.json.JsonConverter,envelope",
    "key.converter,org.apache.kafka.connect.json.JsonConverter,quotes",
    "header.converter,org.apache.kafka.connect.json.JsonConverter,quotes"
  })
  void saysWhichConverterWouldSpoilAnEvent(String key, String converter, String told) {
    Map<String, String> props = bytes();
    if (converter == null) {
      props.remove(key);
    } else {
      props.put(key, converter);
    }
    StringBuilder problems = new StringBuilder();
    RecordConfig.check(props, (where, reason) -> problems.append(where + " " + reason));
    assertThat(problems.toString()).contains(told);
  }

  private static SourceRecords records(Map<String, String> props) {
    Map<String, String> all = new HashMap<>(props);
    all.put("stream", "orders");
    return new SourceRecords(new RecordConfig(all));
  }

  private static Map<String, String> bytes() {
    Map<String, String> props = new HashMap<>();
    props.put("key.converter", BYTES);
    props.put("value.converter", BYTES);
    props.put("header.converter", BYTES);
    return props;
  }

  private static String full(String simple) {
    return switch (simple) {
      case "ByteArrayConverter" -> BYTES;
      case "StringConverter" -> TEXT;
      case "SimpleHeaderConverter" -> SIMPLE;
      default -> JSON;
    };
  }

  private static Converter converter(String simple, boolean isKey) throws Exception {
    Converter converter =
        Class.forName(full(simple)).asSubclass(Converter.class).getConstructor().newInstance();
    converter.configure(Map.of("schemas.enable", "false"), isKey);
    return converter;
  }

  private static byte[] converted(Converter converter, SchemaAndValue part) {
    return converter.fromConnectData("t", part.schema(), part.value());
  }
}
