package io.millrace.model.mmm;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one entity. Source: MMM Events API, elements of an event.
 *
 * @param parentId the entity that this one is a child of, where told
 * @param user who did it, where known
 * @param timestamp when it was initiated
 */
public record MmmEvent(
    String entityId,
    String entityType,
    @Nullable String parentId,
    EntityStatus entityStatus,
    @Nullable String user,
    OffsetDateTime timestamp) {

  public MmmEvent {
    if (entityId.isEmpty() || entityType.isEmpty()) {
      throw new IllegalArgumentException("entityId and entityType must not be empty");
    }
  }
}
