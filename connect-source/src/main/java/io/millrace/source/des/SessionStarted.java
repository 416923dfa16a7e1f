package io.millrace.source.des;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.push.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The first message of a connection: the server has a session for it.
 *
 * @param id the session's; empty if the server does not tell
 * @param timeout after which the server ends a session in which the client says nothing; null if it
 *     does not tell
 */
record SessionStarted(String id, @Nullable Duration timeout) {

  static final String TYPE = "WebSessionStarted";

  /** Reads the event; what it does not tell, or not understandably, is left open. */
  static SessionStarted read(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data == null) {
      return new SessionStarted("", null);
    }
    try {
      JsonNode told = JsonText.object(new String(data.toBytes(), StandardCharsets.UTF_8));
      double minutes = told.path("timeout").asDouble(0);
      return new SessionStarted(
          told.path("sessionId").asText(""),
          minutes > 0 && minutes < 1e6 ? Duration.ofMillis((long) (minutes * 60_000)) : null);
    } catch (UnreadableEventException e) {
      return new SessionStarted("", null);
    }
  }

  /** Whether an event is about this session. */
  boolean isAboutThis(CloudEvent event) {
    return !id.isEmpty() && id.equals(read(event).id());
  }
}
