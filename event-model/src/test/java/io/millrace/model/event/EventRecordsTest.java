package io.millrace.model.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordsTest {

  private static final CloudEvent EVENT =
      CloudEventBuilder.v1()
          .withId("7")
          .withSource(URI.create("shop"))
          .withType("order.placed")
          .withTime(OffsetDateTime.parse("2026-01-31T10:00:00.123456789Z"))
          .withExtension(Extensions.TOPIC_PATH, "/apps/order/success")
          .withData("application/json", "{\"amount\":988}".getBytes(UTF_8))
          .build();

  @Test
  void binaryModeGivesTheSameEventBack() throws Exception {
    ProducerRecord<byte[], byte[]> record = EventRecords.write("t", EVENT);
    assertThat(record.value()).isEqualTo("{\"amount\":988}".getBytes(UTF_8));
    assertThat(header(record.headers(), "ce_topicpath")).isEqualTo("/apps/order/success");
    assertThat(header(record.headers(), "content-type")).isEqualTo("application/json");
    assertThat(EventRecords.read(record.headers(), record.value())).isEqualTo(EVENT);
  }

  @Test
  void anEventWithoutDataIsARecordWithoutValue() throws Exception {
    CloudEvent bare =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("s")).withType("t").build();
    ProducerRecord<byte[], byte[]> record = EventRecords.write("t", bare);
    assertThat(record.value()).isNull();
    assertThat(EventRecords.read(record.headers(), record.value())).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-31T10:00:00Z", "2026-01-31T10:00:00.5+01:00", "2026-01-31T10:00+01:00"})
  void aTimeOfAnyFormIsReadAsTheJdkReadsIt(String time) throws Exception {
    Headers headers = EventRecords.write("t", EVENT).headers();
    headers.remove("ce_time").add("ce_time", time.getBytes(UTF_8));
    assertThat(EventRecords.read(headers, null).getTime()).isEqualTo(OffsetDateTime.parse(time));
  }

  @Test
  void aTimeThatIsNoneMakesTheRecordUnreadable() {
    Headers headers = EventRecords.write("t", EVENT).headers();
    headers.remove("ce_time").add("ce_time", "2026-02-29T10:00:00Z".getBytes(UTF_8));
    assertThatThrownBy(() -> EventRecords.read(headers, null))
        .isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void structuredModeIsReadToo() throws Exception {
    EventFormat json = new JsonFormat();
    Headers headers = headers("content-type", JsonFormat.CONTENT_TYPE);
    assertThat(EventRecords.read(headers, json.serialize(EVENT)).getId()).isEqualTo("7");
  }

  @Test
  void keyIsThePartitionKeyThenTheSubjectThenNone() {
    assertThat(EventRecords.key(EVENT)).isNull();
    CloudEvent withSubject = CloudEventBuilder.v1(EVENT).withSubject("order-1").build();
    assertThat(EventRecords.key(withSubject)).isEqualTo("order-1".getBytes(UTF_8));
    CloudEvent withBoth =
        CloudEventBuilder.v1(withSubject).withExtension(Extensions.PARTITION_KEY, "k").build();
    assertThat(EventRecords.write("t", withBoth).key()).isEqualTo("k".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.1", "1.0.2"})
  void aPatchLevelOfTheSpecIsReadAsTheSpec(String version) throws Exception {
    Headers headers = headers("ce_specversion", version);
    headers.add("ce_id", "1".getBytes(UTF_8));
    headers.add("ce_source", "s".getBytes(UTF_8));
    headers.add("ce_type", "t".getBytes(UTF_8));
    assertThat(EventRecords.read(headers, null).getSpecVersion()).isEqualTo(SpecVersion.V1);
    assertThat(header(headers, "ce_specversion")).as("the record is left alone").isEqualTo(version);
  }

  @Test
  void whatIsNoCloudEventIsRefused() {
    assertThatThrownBy(() -> EventRecords.read(new RecordHeaders(), "hello".getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageStartingWith("not a CloudEvent: ");
    Headers noId = headers("ce_specversion", "1.0");
    assertThatThrownBy(() -> EventRecords.read(noId, null))
        .isInstanceOf(UnreadableEventException.class);
    Headers badTime = EventRecords.write("t", EVENT).headers();
    badTime.remove("ce_time").add("ce_time", "yesterday".getBytes(UTF_8));
    assertThatThrownBy(() -> EventRecords.read(badTime, null))
        .isInstanceOf(UnreadableEventException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_specversion", "content-type"})
  void aHeaderWithoutValueMakesTheRecordUnreadable(String name) {
    Headers headers = new RecordHeaders();
    headers.add(name, null);

    assertThatThrownBy(() -> EventRecords.read(headers, "{}".getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void structuredModeWithoutAnEventIsRefused() {
    Headers headers = new RecordHeaders();
    headers.add("content-type", "application/cloudevents+json".getBytes(UTF_8));

    assertThatThrownBy(() -> EventRecords.read(headers, "null".getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void brokenStructuredEventsAreRefused() {
    Headers headers = headers("content-type", JsonFormat.CONTENT_TYPE);
    assertThatThrownBy(() -> EventRecords.read(headers, "{".getBytes(UTF_8)))
        .isInstanceOf(UnreadableEventException.class);
    assertThatThrownBy(() -> EventRecords.read(headers, null))
        .isInstanceOf(UnreadableEventException.class);
  }

  private static Headers headers(String name, String value) {
    return new RecordHeaders().add(name, value.getBytes(UTF_8));
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
