package io.millrace.router;

import io.cloudevents.CloudEvent;
import io.millrace.filter.FilterIndex;
import io.millrace.filter.audience.Admission;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.DeadLetter;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Forwards each event once for every emitter that wants it, if its owner may see it, and what is no
 * event to the dead letters; key, value, headers and time stay as they are.
 */
final class RoutingProcessor implements Processor<byte[], byte[], byte[], Routed> {

  private static final String ORIGIN = "router";

  private final FilterIndex<Lane> index;
  private final OwnerAudience audience;
  private final String deadLetters;
  private final RouterMetrics metrics;
  private @Nullable ProcessorContext<byte[], Routed> context;

  RoutingProcessor(
      FilterIndex<Lane> index, OwnerAudience audience, String deadLetters, RouterMetrics metrics) {
    this.index = index;
    this.audience = audience;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], Routed> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    metrics.read.increment();
    CloudEvent event;
    try {
      event = EventRecords.read(record.headers(), record.value());
    } catch (UnreadableEventException e) {
      bury(record, String.valueOf(e.getMessage()));
      return;
    } catch (RuntimeException e) {
      // One record must never stop the stream, whatever is in it.
      bury(record, "not a CloudEvent: " + e);
      return;
    }
    Collection<Lane> lanes = index.match(event);
    if (lanes.isEmpty()) {
      metrics.unmatched.increment();
    }
    Admission admission = null;
    for (Lane lane : lanes) {
      String owner = lane.owner();
      if (owner != null && audience.restricts()) {
        admission = admission == null ? audience.of(event) : admission;
        if (!admission.admits(audience.viewer(owner))) {
          metrics.hidden.increment();
          continue;
        }
      }
      lane.matched();
      metrics.routed.increment();
      forward(record.withValue(new Routed(lane.topic(), record.value())));
    }
  }

  private void bury(Record<byte[], byte[]> record, String cause) {
    metrics.deadLettered.increment();
    RecordMetadata place = context().recordMetadata().orElseThrow();
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    var letter =
        new DeadLetter(ORIGIN, cause, place.topic(), place.partition(), place.offset(), now);
    forward(
        record
            .withValue(new Routed(deadLetters, record.value()))
            .withHeaders(letter.headers(record.headers())));
  }

  private void forward(Record<byte[], Routed> record) {
    context().forward(record);
  }

  private ProcessorContext<byte[], Routed> context() {
    if (context == null) {
      throw new IllegalStateException("not initialised");
    }
    return context;
  }
}
