package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.mmm.EntityStatus;
import io.millrace.model.mmm.MmmEvent;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * An event as MMM sends it.
 *
 * @param id its number, which only ever grows
 */
record NumberedEvent(long id, MmmEvent event) {

  /**
   * Reads one.
   *
   * @throws MalformedEventException naming the field that is wrong
   */
  static NumberedEvent read(JsonNode event) throws MalformedEventException {
    Fields fields = new Fields(event);
    long id = fields.id();
    return new NumberedEvent(
        id,
        new MmmEvent(
            fields.text("entityId"),
            fields.text("entityType"),
            null,
            fields.status(),
            null,
            fields.time()));
  }

  private record Fields(JsonNode event) {

    // A scalar of 64 bits is a text in servers that think of JavaScript.
    long id() throws MalformedEventException {
      JsonNode id = event.path("id");
      if (id.isIntegralNumber() && id.canConvertToLong() && id.longValue() > 0) {
        return id.longValue();
      }
      if (id.isTextual() && id.textValue().matches("[1-9][0-9]{0,17}")) {
        return Long.parseLong(id.textValue());
      }
      throw new MalformedEventException("an event has an id that is no number above zero");
    }

    String text(String name) throws MalformedEventException {
      JsonNode text = event.path(name);
      if (!text.isTextual() || text.textValue().isEmpty()) {
        throw wrong(name, "is not a text");
      }
      return text.textValue();
    }

    EntityStatus status() throws MalformedEventException {
      EntityStatus status = EntityStatus.of(text("entityStatus"));
      if (status == null) {
        throw wrong("entityStatus", "is none of CREATED, UPDATED and DELETED");
      }
      return status;
    }

    OffsetDateTime time() throws MalformedEventException {
      String text = text("timestamp");
      try {
        return OffsetDateTime.parse(text);
      } catch (DateTimeException e) {
        return withoutOffset(text);
      }
    }

    // XML's times need not have an offset.
    private OffsetDateTime withoutOffset(String text) throws MalformedEventException {
      try {
        return LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw wrong("timestamp", "is not a date and time");
      }
    }

    private MalformedEventException wrong(String field, String reason) {
      return new MalformedEventException(
          "event " + event.path("id").asText() + " has a field " + field + " that " + reason);
    }
  }
}
