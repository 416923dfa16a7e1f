package io.millrace.model.foundry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerEventsTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void comesBackFromARecordAsItWas() throws Exception {
    ObjectNode metadata = JSON.objectNode().put("user", "vöt\"lmx").put("amount", 5678);
    metadata.putNull("none");
    ServerEvent event =
        new ServerEvent("/apps/order", DecimalNode.valueOf(new BigDecimal("1.10")), metadata);

    var record = EventRecords.write("stream", stamped(ServerEvents.write(event)));

    ServerEvent read = ServerEvents.read(EventRecords.read(record.headers(), record.value()));
    assertThat(read.topic()).isEqualTo("/apps/order");
    assertThat(read.data().toString()).isEqualTo("1.10");
    assertThat(read.metadata()).isEqualTo(metadata);
  }

  @Test
  void takesEmptyMetadataForNone() {
    assertThat(new ServerEvent("a", JSON.nullNode(), JSON.objectNode()).metadata()).isNull();
  }

  @Test
  void readsAnEventWithoutDataAsNull() throws Exception {
    CloudEvent event = stamped(CloudEventBuilder.v1().withExtension("topicpath", "a"));

    assertThat(ServerEvents.read(event).data()).isEqualTo(JSON.nullNode());
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=utf-8, 7, 7",
    "application/vnd.shop+json, 7, 7",
    "text/plain, 7, '\"7\"'",
    "application/xml, <a/>, '\"<a/>\"'",
    "application/octet-stream, 7, '\"Nw==\"'",
  })
  void readsDataByItsContentType(String type, String data, String expected) throws Exception {
    JsonNode read = ServerEvents.read(withData(type, data)).data();

    assertThat(read.toString()).isEqualTo(expected);
  }

  @Test
  void refusesWhatIsNoServerEvent() {
    assertThatThrownBy(() -> ServerEvents.read(stamped(CloudEventBuilder.v1())))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("topicpath is missing");
    assertThatThrownBy(() -> ServerEvents.read(withData("application/json", "{")))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("data is no JSON");
    CloudEvent event =
        CloudEventBuilder.v1(withData("application/json", "1"))
            .withExtension("metadata", "[]")
            .build();
    assertThatThrownBy(() -> ServerEvents.read(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("metadata is no JSON object");
  }

  private static CloudEvent withData(String type, String data) {
    return stamped(
        CloudEventBuilder.v1()
            .withExtension("topicpath", "a")
            .withData(type, data.getBytes(UTF_8)));
  }

  private static CloudEvent stamped(CloudEventBuilder builder) {
    return builder.withId("1").withSource(URI.create("/s")).withType("t").build();
  }
}
