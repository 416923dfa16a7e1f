package io.millrace.gateway.mmm;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.gateway.stream.StreamedEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Events as a session hands them over. */
final class Streamed {

  private Streamed() {}

  /** An event of MMM. */
  static StreamedEvent event(long id, String entityType) {
    return of(
        id,
        "{\"entityId\": \"e%d\", \"entityType\": \"%s\", \"entityStatus\": \"UPDATED\"}"
            .formatted(id, entityType));
  }

  static StreamedEvent of(long id, String data) {
    return new StreamedEvent(
        id,
        1_500 + id,
        CloudEventBuilder.v1()
            .withId("" + id)
            .withSource(URI.create("/test"))
            .withType("any")
            .withData("application/json", data.getBytes(StandardCharsets.UTF_8))
            .build());
  }
}
