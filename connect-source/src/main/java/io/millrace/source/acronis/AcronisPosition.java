package io.millrace.source.acronis;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has come, as Connect remembers it with each event.
 *
 * @param offset what the poll that gave the event was asked with, or with the last event of a poll
 *     what the next one is asked with: only such are known to be offsets
 * @param sequence the place of the last event that was taken; what has it or a lesser one came
 *     before. Null if that is not known
 */
record AcronisPosition(long offset, @Nullable Long sequence) {

  private static final String OFFSET = "offset";
  private static final String SEQUENCE = "sequence";

  /**
   * Reads what Connect remembers.
   *
   * @return null if that is nothing
   * @throws ConnectException if it is something else
   */
  static @Nullable AcronisPosition read(Map<String, ?> stored) {
    if (stored.isEmpty()) {
      return null;
    }
    Long offset = number(stored, OFFSET);
    if (offset == null || !Map.of(OFFSET, 0, SEQUENCE, 0).keySet().containsAll(stored.keySet())) {
      throw new ConnectException("an offset has an offset, and may have a sequence");
    }
    return new AcronisPosition(offset, number(stored, SEQUENCE));
  }

  Map<String, Object> map() {
    Map<String, Object> map = new HashMap<>();
    map.put(OFFSET, offset);
    if (sequence != null) {
      map.put(SEQUENCE, sequence);
    }
    return map;
  }

  private static @Nullable Long number(Map<String, ?> stored, String name) {
    Object value = stored.get(name);
    if (value == null) {
      return null;
    }
    // What came through Connect's REST API may be an Integer.
    if ((value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0) {
      return ((Number) value).longValue();
    }
    throw new ConnectException(name + " must be a whole number of at least 0");
  }
}
