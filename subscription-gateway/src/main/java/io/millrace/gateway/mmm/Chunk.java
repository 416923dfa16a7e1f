package io.millrace.gateway.mmm;

import io.millrace.gateway.stream.StreamedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a client at once.
 *
 * @param gap what was lost before the first of these events; absent if nothing was
 */
record Chunk(List<StreamedEvent> events, @Nullable Gap gap) {

  /**
   * Events that retention took before they were delivered, whether they would have matched or not.
   *
   * @param first id of the first one
   * @param last id of the last one
   */
  record Gap(long first, long last) {

    /** Both, where nothing was delivered in between. */
    Gap and(Gap later) {
      return new Gap(first, later.last);
    }
  }
}
