package io.millrace.source.task;

import io.millrace.source.record.SourceRecords;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** A record that knows its batch: Connect hands the same one back when Kafka has it. */
final class TrackedRecord extends SourceRecord {

  private final Watermark.Pending batch;

  TrackedRecord(
      Map<String, ?> partition,
      Map<String, ?> offset,
      SourceRecords.Parts parts,
      Watermark.Pending batch) {
    super(
        partition,
        offset,
        parts.topic(),
        null,
        parts.key().schema(),
        parts.key().value(),
        parts.value().schema(),
        parts.value().value(),
        null,
        parts.headers());
    this.batch = batch;
  }

  Watermark.Pending batch() {
    return batch;
  }

  // Two are the same only if they are one: what they belong to is no part of what they say.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
