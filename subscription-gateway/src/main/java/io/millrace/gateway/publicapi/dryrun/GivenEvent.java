package io.millrace.gateway.publicapi.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.publicapi.BodyFields;
import java.util.Optional;

/** Reads an event that stands in a request, as a CloudEvent in JSON; what is required is added. */
final class GivenEvent {

  private static final JsonFormat FORMAT = new JsonFormat();

  private GivenEvent() {}

  /** The event; empty if there is none, or it is wrong, which is then told to the fields. */
  static Optional<CloudEvent> read(JsonNode given, BodyFields fields) {
    if (given.isMissingNode()) {
      return Optional.empty();
    }
    if (!(given instanceof ObjectNode object)) {
      fields.problem("event", "must be a JSON object");
      return Optional.empty();
    }
    ObjectNode event = object.deepCopy();
    event.put("specversion", "1.0");
    if (!event.has("id")) {
      event.put("id", "dry-run");
    }
    if (!event.has("source")) {
      event.put("source", "/dry-run");
    }
    try {
      return Optional.of(FORMAT.deserialize(RequestJson.write(event)));
    } catch (RuntimeException e) {
      // Of the SDK's many exceptions, all mean the same here.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      fields.problem("event", "is no CloudEvent: " + firstLine(cause));
      return Optional.empty();
    }
  }

  /** Jackson's further lines tell a place in what was written here, not in the request. */
  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
