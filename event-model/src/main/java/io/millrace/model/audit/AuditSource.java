package io.millrace.model.audit;

import java.util.Optional;

/**
 * The record in an emitter's topic that an entry was made from.
 *
 * @param topicId Kafka's id of the topic: one that is deleted and created again begins anew
 * @param offset of the record
 */
public record AuditSource(String topicId, long offset) {

  /** Whether an event at this place stands in a log whose newest entry is from there. */
  public boolean isRecordedIn(Optional<AuditSource> newest) {
    return newest.filter(last -> last.topicId.equals(topicId) && offset <= last.offset).isPresent();
  }
}
