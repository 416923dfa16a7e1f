package io.millrace.model.emitter;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an emitter goes on in its own topic when it is enabled again or told to replay.
 *
 * @param from where it goes on
 * @param time the time to go on from; there if and only if {@code from} is {@link From#TIME}
 * @param requested when this was asked for
 * @param filter FEEL that events older than {@code requested} must also satisfy; absent for all
 */
public record Resume(
    From from, @Nullable Instant time, Instant requested, @Nullable String filter) {

  /** The ways to go on. */
  public enum From {
    /** With the first event that was not delivered. */
    FAILED,
    /** With what comes after the request; what waits is skipped. */
    NOW,
    /** With the first event that was routed at a time or later, delivered or not. */
    TIME
  }

  public Resume {
    if ((from == From.TIME) != (time != null)) {
      throw new IllegalArgumentException("a time is given if and only if it is resumed from one");
    }
  }

  /** With the first event that was not delivered. */
  public static Resume failed(Instant requested) {
    return new Resume(From.FAILED, null, requested, null);
  }

  /**
   * Reads {@code failed}, {@code now}, or a time in RFC 3339 such as {@code 2026-01-31T10:00:00Z}.
   *
   * @return empty if the text is none of them
   */
  public static Optional<Resume> parse(String from, Instant requested, @Nullable String filter) {
    if (from.equals("failed")) {
      return Optional.of(new Resume(From.FAILED, null, requested, filter));
    }
    if (from.equals("now")) {
      return Optional.of(new Resume(From.NOW, null, requested, filter));
    }
    try {
      return Optional.of(new Resume(From.TIME, Instant.parse(from), requested, filter));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    return time == null ? from.name().toLowerCase(Locale.ROOT) : time.toString();
  }
}
