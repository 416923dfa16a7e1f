package io.millrace.source.push;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * How far a connector has come, as it stands in Connect's source offsets.
 *
 * @param seen when the event came from the vendor; up to then nothing is missing but what gaps tell
 * @param place where the vendor's server can go on from; null if it cannot
 */
public record PushPosition(Instant seen, @Nullable String place) {

  private static final String SEEN = "seen";
  private static final String PLACE = "place";

  /** The offset of a source record. */
  public Map<String, ?> toOffset() {
    Map<String, Object> offset = new HashMap<>();
    offset.put(SEEN, seen.toString());
    if (place != null) {
      offset.put(PLACE, place);
    }
    return offset;
  }

  /**
   * Checks an offset that a person gives.
   *
   * @throws ConnectException if it is none
   */
  public static void check(Map<String, ?> offset) {
    try {
      if (of(offset) == null) {
        throw new ConnectException("The offset must have '" + SEEN + "', a time in UTC");
      }
    } catch (IllegalArgumentException e) {
      throw new ConnectException(e.getMessage(), e);
    }
  }

  /** The position in an offset; null if there is none. */
  public static @Nullable PushPosition of(@Nullable Map<String, ?> offset) {
    if (offset == null || offset.get(SEEN) == null) {
      return null;
    }
    try {
      Object place = offset.get(PLACE);
      return new PushPosition(
          Instant.parse(offset.get(SEEN).toString()), place == null ? null : place.toString());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The offset's 'seen' must be a time in UTC", e);
    }
  }
}
