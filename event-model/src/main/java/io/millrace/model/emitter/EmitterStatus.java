package io.millrace.model.emitter;

import io.millrace.model.event.ResourceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the task that serves one partition of an emitter's topic last reported.
 *
 * @param partition of the emitter's topic
 * @param generation of the {@link Activation} that the task has applied
 * @param failure what fails now, or why it is disabled; absent while all is well
 * @param consecutiveFailures attempts that failed since the last one that succeeded
 * @param updated when it was reported
 */
public record EmitterStatus(
    String emitterId,
    int partition,
    State state,
    long generation,
    @Nullable Failure failure,
    int consecutiveFailures,
    Instant updated) {

  /** The states of a lane. */
  public enum State {
    /** Delivers. */
    RUNNING,
    /** The endpoint fails; tried again at the time that the failure says. */
    RETRYING,
    /** Given up until the emitter is enabled again. */
    DISABLED
  }

  /**
   * What is known about the event that fails.
   *
   * @param offset of the oldest failing event in the emitter's topic
   * @param eventId its id
   * @param attempts how often it was tried
   * @param first when it failed first
   * @param next when it is tried next; absent for never
   * @param status the endpoint's last answer in its own numbers, an HTTP status; absent if none
   *     came
   * @param error the last error, one sentence for a person
   */
  public record Failure(
      long offset,
      String eventId,
      int attempts,
      Instant first,
      @Nullable Instant next,
      @Nullable Integer status,
      String error) {}

  public EmitterStatus {
    if (!ResourceName.isValid(emitterId) || partition < 0) {
      throw new IllegalArgumentException("not an emitter's partition: " + emitterId);
    }
    if (state != State.RUNNING && failure == null) {
      throw new IllegalArgumentException("what does not run says why");
    }
  }

  /** The record's key in the topic of statuses. */
  public String key() {
    return key(emitterId, partition);
  }

  /** The key of a partition's status. */
  public static String key(String emitterId, int partition) {
    return emitterId + "/" + partition;
  }
}
