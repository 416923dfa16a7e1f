package io.millrace.source.record;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A time in which a source was not connected to a vendor that cannot send again: what happened
 * between {@code from} and {@code to} may be missing from the stream. Written into the stream as an
 * event, so that consumers can know.
 *
 * @param source the vendor's URL, without credentials
 * @param connector the connector's name, which becomes the subject
 * @param from when the connection was last known to work
 * @param to when events came in again
 */
public record ConnectionGap(URI source, String connector, Instant from, Instant to) {

  /** The event's type. */
  public static final String TYPE = "io.millrace.source.connection.gap";

  public ConnectionGap {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a gap does not end before it begins");
    }
  }

  /** The event; the same gap always gives the same id. */
  public CloudEvent event() {
    String name = String.join("\n", source.toString(), connector, from.toString(), to.toString());
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("from", from.toString()).put("to", to.toString());
    return CloudEventBuilder.v1()
        .withId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString())
        .withSource(source)
        .withType(TYPE)
        .withSubject(connector)
        .withTime(to.atOffset(ZoneOffset.UTC))
        .withData("application/json", data.toString().getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
