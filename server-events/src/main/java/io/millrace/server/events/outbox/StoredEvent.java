package io.millrace.server.events.outbox;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.jackson.JsonFormat;
import io.millrace.server.events.RejectedEventException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the outbox: a CloudEvent in JSON, its data in Base64, so that it comes
 * out byte for byte.
 */
record StoredEvent(long position, @Nullable String key, String text) {

  private static final JsonFormat FORMAT = new JsonFormat().withForceJsonDataToBase64();

  static String write(CloudEvent event) {
    return new String(FORMAT.serialize(event), StandardCharsets.UTF_8);
  }

  CloudEvent read() {
    try {
      // The text "null" is read as no event at all.
      return Objects.requireNonNull(FORMAT.deserialize(text.getBytes(StandardCharsets.UTF_8)));
    } catch (EventDeserializationException | NullPointerException e) {
      throw new RejectedEventException("is no CloudEvent in JSON", e);
    }
  }
}
