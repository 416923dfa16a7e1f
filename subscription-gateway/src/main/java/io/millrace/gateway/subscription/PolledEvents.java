package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.StreamedEvent;
import java.util.List;

/**
 * What a poll came to.
 *
 * @param from the offset that it began behind
 * @param events that match, in the order of the log; may be none
 * @param offset to ask with next: everything up to this id was looked at
 */
public record PolledEvents(long from, List<StreamedEvent> events, long offset) {

  /** There is nothing to hand out, and the offset has not changed. */
  public boolean nothing() {
    return events.isEmpty() && offset == from;
  }
}
