package io.millrace.source.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a poll has brought.
 *
 * @param offset what the next poll is to be asked with
 * @param events as they came
 */
record Page(long offset, List<JsonNode> events) {

  /**
   * Reads an answer.
   *
   * @throws IOException if it is none
   */
  static Page read(byte[] body) throws IOException {
    JsonNode answer = EventManager.read(body);
    JsonNode offset = answer.path("offset");
    JsonNode list = answer.path("events");
    if (!offset.isIntegralNumber()
        || !offset.canConvertToLong()
        || offset.longValue() < 0
        || !(list.isArray() || list.isNull() || list.isMissingNode())) {
      throw new IOException("the Event Manager's answer has no offset, or no list of events");
    }
    List<JsonNode> events = new ArrayList<>(list.size());
    list.forEach(events::add);
    return new Page(offset.longValue(), events);
  }
}
