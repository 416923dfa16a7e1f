package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.WebhookParameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void laysABatchOutAsAnArray() throws Exception {
    Layout.Content content =
        layout(Map.of("mode", "batch", "source", "/me"))
            .of(emissions(Events.event("1", "{\"a\":1.50}"), Events.builder("2").build()));
    assertThat(header(content, "Content-Type")).isEqualTo("application/cloudevents-batch+json");
    JsonNode array = new ObjectMapper().readTree(content.body().bytes());
    assertThat(array).hasSize(2);
    assertThat(array.findValuesAsText("id")).containsExactly("1", "2");
    assertThat(array.findValuesAsText("source")).containsExactly("/me", "/me");
    assertThat(array.get(0).path("data").path("a").asText()).isEqualTo("1.5");
  }

  @Test
  void anEventThatIsNoJsonIsToldOfInABatch() {
    assertThatThrownBy(
            () ->
                layout(Map.of("mode", "batch"))
                    .of(emissions(Events.event("1", "{}"), Events.event("2", "{no"))))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void sendsTheHeadersOfTheParameters() throws Exception {
    for (String mode : List.of("binary", "structured", "batch")) {
      Layout.Content content =
          layout(Map.of("mode", mode, "headers", Map.of("X-Team", "shop")))
              .of(emissions(Events.event("1", "{}")));
      assertThat(header(content, "X-Team")).isEqualTo("shop");
    }
  }

  private static Layout layout(Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("url", "http://hooks.example/");
    return new Layout((WebhookParameters) Events.parameters(EmitterType.WEBHOOK, all));
  }

  private static List<Emission> emissions(CloudEvent... events) {
    return Arrays.stream(events).flatMap(event -> Events.emissions(event).stream()).toList();
  }

  private static String header(Layout.Content content, String name) {
    return content.headers().stream()
        .filter(header -> header.getName().equalsIgnoreCase(name))
        .map(Header::getValue)
        .findFirst()
        .orElse("");
  }
}
