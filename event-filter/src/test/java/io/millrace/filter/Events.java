package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/** Events for tests. */
public final class Events {

  private Events() {}

  public static CloudEvent withData(String json) {
    return base("order.created")
        .withData("application/json", json.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  public static CloudEvent on(String topicPath) {
    return base("order.created").withExtension("topicpath", topicPath).build();
  }

  public static CloudEventBuilder base(String type) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/shop"))
        .withType(type)
        .withSubject("orders/7")
        .withTime(OffsetDateTime.parse("2026-11-21T10:00:00Z"));
  }
}
