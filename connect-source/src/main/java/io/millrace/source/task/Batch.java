package io.millrace.source.task;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.util.List;

/**
 * What came in together: goes into one transaction, and is acknowledged as a whole.
 *
 * @param events may be none, where only the place in the vendor's log has moved
 * @param acknowledged runs once Kafka has all of it and all that was put before it; on a thread of
 *     Kafka's, so it must neither wait nor throw
 */
public record Batch(List<Incoming> events, Runnable acknowledged) {

  // About what an event takes beside its data, or a batch by itself.
  private static final int ATTRIBUTES = 512;

  public Batch {
    events = List.copyOf(events);
  }

  /** What nobody waits for. */
  public Batch(List<Incoming> events) {
    this(events, () -> {});
  }

  long bytes() {
    long bytes = ATTRIBUTES;
    for (Incoming each : events) {
      bytes += ATTRIBUTES + size(each.event());
    }
    return bytes;
  }

  private static int size(CloudEvent event) {
    CloudEventData data = event.getData();
    return data == null ? 0 : data.toBytes().length;
  }
}
