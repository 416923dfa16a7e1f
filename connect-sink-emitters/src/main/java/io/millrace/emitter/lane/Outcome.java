package io.millrace.emitter.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt. A cause is one sentence for a person, without secrets and without the
 * event's data; a status is the endpoint's answer in its own numbers, such as an HTTP status.
 */
public sealed interface Outcome {

  Outcome DELIVERED = new Delivered();

  /** The endpoint has all the events. */
  record Delivered() implements Outcome {}

  /**
   * The endpoint has the first of the events.
   *
   * @param delivered how many, at least one and not all
   * @param rest what became of the others; neither {@code Delivered} nor {@code Partly}
   */
  record Partly(int delivered, Outcome rest) implements Outcome {
    public Partly {
      if (delivered < 1 || rest instanceof Delivered || rest instanceof Partly) {
        throw new IllegalArgumentException("in part: some were delivered, and others not");
      }
    }
  }

  /**
   * Nothing was sent, since the emitter's own limits say so: the lane as a whole goes on after that
   * time. No failure.
   */
  record Postponed(Duration atLeast) implements Outcome {}

  /**
   * The endpoint may take the events later. Counts towards disabling the emitter; if others get
   * through all the same, towards giving up on the event.
   *
   * @param status absent if no answer came
   * @param atLeast the endpoint asks to be left alone for so long, and the lane as a whole does;
   *     absent leaves only the keys of these events waiting, by the back-off
   */
  record Retry(String cause, @Nullable Integer status, @Nullable Duration atLeast)
      implements Outcome {}

  /**
   * The endpoint will never take these events; others may still pass. One event goes to the dead
   * letters; of several each half is tried again, until the bad one stands alone.
   */
  record Rejected(String cause, @Nullable Integer status) implements Outcome {}

  /**
   * The endpoint takes no event at all as it is configured, and may after someone mended it. Tried
   * again by the back-off; counts towards disabling the emitter.
   */
  record Refused(String cause, @Nullable Integer status) implements Outcome {}

  /** The endpoint says that it is gone for good: the emitter is disabled at once. */
  record Gone(String cause, @Nullable Integer status) implements Outcome {}

  /** Try again by the back-off; no answer came. */
  static Outcome retry(String cause) {
    return new Retry(cause, null, null);
  }

  /** Of an event that cannot be laid out for the endpoint, which was not asked. */
  static Outcome rejected(String cause) {
    return new Rejected(cause, null);
  }
}
