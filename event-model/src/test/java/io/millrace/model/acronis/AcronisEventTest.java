package io.millrace.model.acronis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcronisEventTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant INGESTED = Instant.parse("2024-10-01T11:01:16.070Z");

  @Test
  void whatIsReadIsToldAgainWithItsPlace() throws Exception {
    String text =
        """
        {"id": "9251fdc0-eb78-49b6-acaa-ed258074e4f5",
         "type": "cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0",
         "time": "2024-10-01T11:01:16.03094914Z",
         "source": "account-server",
         "subject": "692ff7d2-8505-44ed-82b0-e82ee8d42ef2",
         "subject_type": "cti.a.p.tenant.v1.0",
         "tenant_id": "692ff7d2-8505-44ed-82b0-e82ee8d42ef2",
         "client_id": "a52a71d6-51cd-11ec-bf63-0242ac130002",
         "trace_parent": "a6771d65-51cd-11ec-bf63-0242ac130002",
         "data": {"n": 1.50, "l": [null]},
         "sequence": 7, "previous": 6, "ingest_time": "2020-01-01T00:00:00Z"}
        """;
    JsonNode given = JSON.readTree(text);
    List<Problem> problems = new ArrayList<>();
    CloudEvent event = AcronisEventReader.read(given, "", problems);
    assertThat(problems).isEmpty();
    JsonNode told = told(event, 93376478);
    assertThat(told.toString())
        .isEqualTo(
            "{\"id\":\"9251fdc0-eb78-49b6-acaa-ed258074e4f5\","
                + "\"type\":\"cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0\","
                + "\"time\":\"2024-10-01T11:01:16.030949140Z\","
                + "\"ingest_time\":\"2024-10-01T11:01:16.070Z\","
                + "\"previous\":93376477,\"sequence\":93376478,\"source\":\"account-server\","
                + "\"subject\":\"692ff7d2-8505-44ed-82b0-e82ee8d42ef2\","
                + "\"subject_type\":\"cti.a.p.tenant.v1.0\","
                + "\"tenant_id\":\"692ff7d2-8505-44ed-82b0-e82ee8d42ef2\","
                + "\"client_id\":\"a52a71d6-51cd-11ec-bf63-0242ac130002\","
                + "\"trace_parent\":\"a6771d65-51cd-11ec-bf63-0242ac130002\","
                + "\"data\":{\"n\":1.5,\"l\":[null]}}");
  }

  @Test
  void tellsEverythingThatIsWrong() throws Exception {
    JsonNode given =
        JSON.readTree(
            """
            {"id": "00000000-0000-0000-0000-000000000000", "time": "yesterday", "source": "a b",
             "subject": 5, "trace_parent": "x", "more": 1}
            """);
    List<Problem> problems = new ArrayList<>();
    assertThat(AcronisEventReader.read(given, "events[1].", problems)).isNull();
    assertThat(problems)
        .extracting(Problem::field)
        .containsExactlyInAnyOrder(
            "events[1].id",
            "events[1].type",
            "events[1].time",
            "events[1].source",
            "events[1].subject",
            "events[1].trace_parent",
            "events[1].more");
  }

  @Test
  void refersToDataThatIsTooLarge() {
    byte[] large =
        ("\"" + "x".repeat(AcronisEvent.MAX_BYTES) + "\"").getBytes(StandardCharsets.UTF_8);
    AcronisEvent event =
        new AcronisEvent(base().withData("application/json", large).build(), 1, INGESTED);
    JsonNode told = event.json(() -> "http://gateway/data");
    assertThat(told.has("data")).isFalse();
    assertThat(told.path("data_ref").asText()).isEqualTo("http://gateway/data");
    assertThat(event.data()).isNotNull().hasToString(new String(large, StandardCharsets.UTF_8));
    byte[] fits = ("\"" + "x".repeat(60_000) + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(told(base().withData("application/json", fits).build(), 1).has("data")).isTrue();
  }

  @Test
  void tellsOtherEventsAsItsClientsCanReadThem() {
    CloudEvent event =
        base()
            .withId("7")
            .withExtension("app", "some-app")
            .withData("application/octet-stream", new byte[] {1, 2})
            .build();
    JsonNode told = told(event, 1);
    assertThat(AcronisEvent.isUuid(told.path("id").asText())).isTrue();
    assertThat(told(event, 2).path("id")).as("the same each time").isEqualTo(told.path("id"));
    assertThat(told.path("time").asText()).isEqualTo("2024-10-01T11:01:16.070Z");
    assertThat(told.has("client_id")).isFalse();
    assertThat(told.path("data").asText()).isEqualTo("AQI=");
    assertThat(told.path("previous").asLong(-1)).isZero();
    CloudEvent text = base().withData("text/plain", "hi".getBytes(StandardCharsets.UTF_8)).build();
    assertThat(told(text, 1).path("data").asText()).isEqualTo("hi");
    CloudEvent zoned = base().withTime(OffsetDateTime.parse("2024-01-01T02:00:00+02:00")).build();
    assertThat(told(zoned, 1).path("time").asText()).isEqualTo("2024-01-01T00:00:00Z");
  }

  @Test
  void whatNamesNoTenantIsNobodys() {
    CloudEvent event =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("/")).withType("t").build();
    assertThat(AcronisEvent.tenant(event)).isNull();
    assertThatThrownBy(() -> new AcronisEvent(event, 1, INGESTED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"PT30S,PT30S", "P30D,PT720H", "P1W,PT168H", "P1Y,PT8760H", "P1M1DT1M,PT768H1M"})
  void readsDurations(String text, Duration expected) {
    assertThat(IsoDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PT", "30s", "P1", "-PT1S", "PT1.5S", "P99999999999Y"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> IsoDuration.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode told(CloudEvent event, long sequence) {
    return new AcronisEvent(event, sequence, INGESTED)
        .json(
            () -> {
              throw new AssertionError("not asked for");
            });
  }

  private static CloudEventBuilder base() {
    return CloudEventBuilder.v1()
        .withId("9251fdc0-eb78-49b6-acaa-ed258074e4f5")
        .withSource(URI.create("/s"))
        .withType("t")
        .withExtension("tenantid", "t1");
  }
}
