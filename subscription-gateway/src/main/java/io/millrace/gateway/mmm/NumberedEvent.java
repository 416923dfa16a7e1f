package io.millrace.gateway.mmm;

import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.mmm.MmmEvent;
import io.millrace.model.mmm.MmmEvents;
import org.jspecify.annotations.Nullable;

/**
 * An event of MMM as clients get it.
 *
 * @param id its place in the stream, which only ever grows
 */
record NumberedEvent(long id, MmmEvent event) {

  /** Null if it is none of MMM, which a subscription's filter does not let through. */
  static @Nullable NumberedEvent of(StreamedEvent streamed) {
    MmmEvent event = MmmEvents.read(streamed.event(), streamed.logged());
    return event == null ? null : new NumberedEvent(streamed.id(), event);
  }
}
