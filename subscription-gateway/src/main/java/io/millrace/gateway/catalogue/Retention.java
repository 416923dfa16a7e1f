package io.millrace.gateway.catalogue;

import io.millrace.model.acronis.IsoDuration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long events are kept.
 *
 * @param text ISO 8601 duration, or {@value #INFINITE}
 */
public record Retention(String text) {

  public static final String INFINITE = "INFINITE";

  public Retention {
    if (!text.equals(INFINITE) && IsoDuration.parse(text).toSeconds() < 1) {
      throw new IllegalArgumentException("must be at least a second");
    }
  }

  /** Absent for ever. */
  public @Nullable Duration duration() {
    return text.equals(INFINITE) ? null : IsoDuration.parse(text);
  }
}
