package io.millrace.model.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it stands in a download, which may say anything.
 *
 * @param time as it was written, since the text is what was hashed
 * @param intact whether its hash is that of its content
 * @param fault why it is no entry; the rest then says nothing
 */
record WrittenEntry(
    long sequence,
    String time,
    String previous,
    String hash,
    boolean intact,
    @Nullable String fault) {

  /** Reads the value that the parser stands at, to its end. */
  static WrittenEntry read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return faulty("is no JSON object");
    }
    long sequence = 0;
    String time = "";
    String previous = "";
    String hash = "";
    byte[] event = null;
    String fault = null;
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!seen.add(name)) {
        fault = "has '" + name + "' twice";
      }
      switch (name) {
        case "sequence" -> sequence = value == JsonToken.VALUE_NUMBER_INT ? number(parser) : 0;
        case "time" -> time = text(parser);
        case "previous" -> previous = text(parser);
        case "hash" -> hash = text(parser);
        case "event" -> event = CanonicalJson.ofCurrent(parser);
        default -> {
          parser.skipChildren();
          fault = "has a field '" + name + "', which no entry has";
        }
      }
    }
    if (fault == null) {
      fault = missing(sequence, time, previous, hash, event);
    }
    return fault != null || event == null
        ? faulty(String.valueOf(fault))
        : new WrittenEntry(
            sequence,
            time,
            previous,
            hash,
            ChainLink.hash(previous, sequence, time, event).equals(hash),
            null);
  }

  private static WrittenEntry faulty(String fault) {
    return new WrittenEntry(0, "", "", "", false, fault);
  }

  private static @Nullable String missing(
      long sequence, String time, String previous, String hash, byte @Nullable [] event) {
    if (sequence < 1) {
      return "has no 'sequence' of 1 or more";
    }
    if (time.isEmpty()) {
      return "has no 'time'";
    }
    if (!ChainLink.isHash(previous) || !ChainLink.isHash(hash)) {
      return "has no 'previous' and 'hash' of 64 hexadecimal digits";
    }
    return event == null ? "has no 'event'" : null;
  }

  private static long number(JsonParser parser) {
    try {
      return parser.getLongValue();
    } catch (IOException e) {
      return 0; // Beyond the range of long, so no sequence.
    }
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }
}
