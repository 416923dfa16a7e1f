package io.millrace.model.mmm;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was done to an entity. Source: MMM Events API, {@code entityStatus}. */
public enum EntityStatus {
  CREATED,
  UPDATED,
  DELETED;

  private static final Map<String, EntityStatus> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  /** The status of that name, to the letter; null if there is none. */
  public static @Nullable EntityStatus of(String name) {
    return BY_NAME.get(name);
  }

  /** The CloudEvents type of events with this status that Millrace makes. */
  public String type() {
    return "mmm.entity." + name().toLowerCase(Locale.ROOT);
  }
}
