package io.millrace.emitter.lane;

import io.cloudevents.CloudEvent;
import io.millrace.model.emitter.EmitterStatus.Failure;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** One event on its way through a lane. What changes in it is guarded by the lane. */
public final class Delivery {

  // What an event takes in memory beside its data, about.
  private static final long OVERHEAD = 512;

  private final SinkRecord record;
  private final @Nullable Object key;
  private final @Nullable CloudEvent event;

  @Nullable Strand strand;
  OffsetWindow.@Nullable Slot slot;
  @Nullable String rejection;
  long added;
  // Not to be tried before, in epoch milliseconds.
  long notBefore;
  // Of how many events an attempt with this one may be.
  int company = Integer.MAX_VALUE;

  // What fails now; how often it failed in a row without any other getting through, and how often
  // it failed after another got through; how many had got through when it failed last.
  @Nullable Failure failure;
  int inVain;
  int alone;
  long passes = -1;

  private Delivery(
      SinkRecord record, @Nullable Object key, @Nullable CloudEvent event, @Nullable String fault) {
    this.record = record;
    this.key = key;
    this.event = event;
    this.rejection = fault;
  }

  /**
   * Of an event.
   *
   * @param key events with an equal key keep their order; absent for one that has none
   */
  public static Delivery of(SinkRecord record, @Nullable Object key, CloudEvent event) {
    return new Delivery(record, key, event, null);
  }

  /** Of a record that is no event: it goes to the dead letters in its turn. */
  public static Delivery unreadable(SinkRecord record, @Nullable Object key, String cause) {
    return new Delivery(record, key, null, cause);
  }

  SinkRecord record() {
    return record;
  }

  @Nullable Object key() {
    return key;
  }

  /** What the emitter gets of it. */
  Emission emission(LaneId lane) {
    Long timestamp = record.timestamp();
    return new Emission(
        lane.emitterId(),
        lane.partition(),
        offset(),
        timestamp == null ? null : Instant.ofEpochMilli(timestamp),
        Objects.requireNonNull(event, "an unreadable record is not handed out"));
  }

  /** How often the present attempt at it has failed. */
  int attempts() {
    return failure == null ? 0 : failure.attempts();
  }

  /** Empty for a record that is no event. */
  String eventId() {
    return event == null ? "" : event.getId();
  }

  /** Whether it is on its way to the dead letters. */
  boolean isRejected() {
    return rejection != null;
  }

  /** What it takes in memory, about. */
  long bytes() {
    return OVERHEAD + (record.value() instanceof byte[] value ? value.length : 0);
  }

  long offset() {
    return record.originalKafkaOffset();
  }
}
