package io.millrace.emitter.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt to hand out an event. */
public sealed interface Outcome {

  Outcome DELIVERED = new Delivered();

  /** The endpoint has the event. */
  record Delivered() implements Outcome {}

  /**
   * The endpoint may take the event later.
   *
   * @param cause one sentence for a person, without secrets and without the event's data
   * @param atLeast how long to wait at the least; absent leaves it to the back-off
   */
  record Retry(String cause, @Nullable Duration atLeast) implements Outcome {}

  /**
   * The endpoint will never take this event; others may still pass.
   *
   * @param cause one sentence for a person, without secrets and without the event's data
   */
  record Rejected(String cause) implements Outcome {}

  /** Try again by the back-off alone. */
  static Outcome retry(String cause) {
    return new Retry(cause, null);
  }
}
