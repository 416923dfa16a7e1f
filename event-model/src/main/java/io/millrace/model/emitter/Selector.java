package io.millrace.model.emitter;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Acronis's subscriptions select by; every part that is given must accept the event.
 *
 * @param types one of these matches the event's type; empty means every type
 * @param subjectTypes one of these matches the event's subject type, which must be there; empty
 *     means every event
 * @param tenants whose the event must be; absent means every event
 * @param cel Common Expression Language over {@code event}, which must be {@code true}; absent
 *     means every event
 */
public record Selector(
    Set<TextPattern> types,
    Set<TextPattern> subjectTypes,
    @Nullable TenantScope tenants,
    @Nullable String cel) {

  public static final Selector EVERYTHING = new Selector(Set.of(), Set.of(), null, null);

  /** Most patterns of one kind. */
  public static final int MAX_PATTERNS = 32;

  public Selector {
    types = distinct(types);
    subjectTypes = distinct(subjectTypes);
  }

  /** Whether one of the patterns matches; none means that every text does. */
  public static boolean matches(Set<TextPattern> patterns, @Nullable String text) {
    return patterns.isEmpty()
        || (text != null && patterns.stream().anyMatch(pattern -> pattern.matches(text)));
  }

  private static Set<TextPattern> distinct(Set<TextPattern> patterns) {
    if (patterns.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException("there are at most " + MAX_PATTERNS + " patterns");
    }
    List<TextPattern> all = List.copyOf(patterns);
    return Set.copyOf(
        all.stream()
            .filter(one -> all.stream().noneMatch(other -> !other.equals(one) && other.covers(one)))
            .toList());
  }
}
