package io.millrace.model.mmm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.model.event.JsonData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an event's data says of an entity. Data that filters cannot read, for its size or its form,
 * says nothing here either.
 */
record EntityData(
    String entityId, String entityType, @Nullable String parentId, EntityStatus entityStatus) {

  static @Nullable EntityData read(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data == null || !JsonData.isJson(event.getDataContentType())) {
      return null;
    }
    try (JsonParser parser = JsonData.parser(data.toBytes())) {
      return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : null;
    } catch (IOException e) {
      return null;
    }
  }

  // Of a field that comes twice the last one counts, as for filters.
  private static @Nullable EntityData read(JsonParser parser) throws IOException {
    String entityId = null;
    String entityType = null;
    String parentId = null;
    String status = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case MmmEvents.ENTITY_ID -> entityId = name(parser);
        case MmmEvents.ENTITY_TYPE -> entityType = name(parser);
        case MmmEvents.PARENT_ID -> parentId = text(parser);
        case MmmEvents.ENTITY_STATUS -> status = text(parser);
        default -> pass(parser);
      }
    }
    boolean alone = parser.nextToken() == null;
    EntityStatus entityStatus = status == null ? null : EntityStatus.of(status);
    return alone && entityId != null && entityType != null && entityStatus != null
        ? new EntityData(entityId, entityType, parentId, entityStatus)
        : null;
  }

  private static @Nullable String name(JsonParser parser) throws IOException {
    String text = text(parser);
    return text == null || text.codePointCount(0, text.length()) > MmmEvents.MAX_LENGTH
        ? null
        : text;
  }

  /** The text that stands here; null if it is empty, or something else. */
  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      pass(parser);
      return null;
    }
    String text = parser.getText();
    return text.isEmpty() ? null : wellFormed(text);
  }

  // Half a surrogate pair, which JSON lets through as an escape, cannot be written out again.
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  private static void pass(JsonParser parser) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isNumeric()) {
        checkRange(parser);
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  private static void checkRange(JsonParser parser) throws IOException {
    if (!JsonData.inRange(parser.getDecimalValue())) {
      throw new IOException("the data has a number that is out of range");
    }
  }
}
