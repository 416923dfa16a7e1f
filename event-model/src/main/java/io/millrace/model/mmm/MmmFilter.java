package io.millrace.model.mmm;

import io.millrace.model.emitter.EventFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of MMM's events a subscriber wants: those that every part which is given accepts. Source:
 * MMM Events API, filtering parameters.
 *
 * @param parentId children of this entity
 * @param notBy all but those that this user caused; an event without a user is nobody's own
 */
public record MmmFilter(
    @Nullable String entityId,
    @Nullable String entityType,
    @Nullable String parentId,
    @Nullable EntityStatus entityStatus,
    @Nullable String notBy) {

  /** Most characters of an id or a type. */
  public static final int MAX_LENGTH = MmmEvents.MAX_LENGTH;

  /** All events of MMM. */
  public static final MmmFilter EVERYTHING = new MmmFilter(null, null, null, null, null);

  // What equality alone does not say: FEEL takes a list of one text for that text.
  private static final String TEXTS =
      "entityId instance of string and entityId != \"\""
          + " and entityType instance of string and entityType != \"\""
          + " and entityStatus instance of string"
          + " and string length(entityId) <= "
          + MmmEvents.MAX_LENGTH
          + " and string length(entityType) <= "
          + MmmEvents.MAX_LENGTH;

  private static final String ANY_STATUS =
      Stream.of(EntityStatus.values())
          .map(each -> FeelText.quote(each.name()))
          .collect(Collectors.joining(", ", "entityStatus in (", ")"));

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException naming the part that is empty or too long
   */
  public MmmFilter {
    check(MmmEvents.ENTITY_ID, entityId);
    check(MmmEvents.ENTITY_TYPE, entityType);
    check(MmmEvents.PARENT_ID, parentId);
  }

  /**
   * The same as a filter over any events: it accepts those that {@link MmmEvents#read} takes for
   * events of MMM and that are wanted. Its equalities come first, where an index finds them.
   */
  public EventFilter toEventFilter() {
    String expression =
        Stream.of(
                equality(MmmEvents.ENTITY_ID, entityId),
                equality(MmmEvents.ENTITY_TYPE, entityType),
                equality(MmmEvents.PARENT_ID, parentId),
                entityStatus == null
                    ? Stream.of(ANY_STATUS)
                    : equality(MmmEvents.ENTITY_STATUS, entityStatus.name()),
                Stream.of(TEXTS),
                parentId == null
                    ? Stream.<String>empty()
                    : Stream.of(MmmEvents.PARENT_ID + " instance of string"),
                notBy == null
                    ? Stream.<String>empty()
                    : Stream.of(
                        "(data.event != null or event.user != " + FeelText.quote(notBy) + ")"))
            .flatMap(each -> each)
            .collect(Collectors.joining(" and "));
    return new EventFilter(List.of(), Set.of(), expression);
  }

  private static Stream<String> equality(String field, @Nullable String value) {
    return value == null ? Stream.empty() : Stream.of(field + " = " + FeelText.quote(value));
  }

  private static void check(String name, @Nullable String value) {
    if (value != null && (value.isEmpty() || value.length() > MAX_LENGTH)) {
      throw new IllegalArgumentException(name + " must have 1 to " + MAX_LENGTH + " characters");
    }
  }
}
