package io.millrace.source.mmm;

import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What Connect remembers of a subscription: the id of the last event that Kafka has. */
final class Position {

  private static final String ID = "id";

  private Position() {}

  static Map<String, ?> of(long id) {
    return Map.of(ID, id);
  }

  /** The id; null if nothing is remembered. */
  static @Nullable Long read(Map<String, ?> offset) {
    return offset.get(ID) instanceof Number id ? (Long) id.longValue() : null;
  }

  /**
   * Checks what a person has given.
   *
   * @throws ConnectException if it is no offset
   */
  static void check(Map<String, ?> offset) {
    Object given = offset.get(ID);
    boolean whole = given instanceof Long || given instanceof Integer;
    Long id = read(offset);
    if (offset.size() != 1 || !whole || id == null || id < 0) {
      throw new ConnectException(
          "An offset of MMM is {\"id\": N}, N being the id of the last event that is not wanted");
    }
  }
}
