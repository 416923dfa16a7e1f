package io.millrace.router;

import io.millrace.filter.FilterIndex;
import io.millrace.model.kafka.MillraceTopics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Every stream, by pattern → {@link RoutingProcessor} → the topic that it chose.
 *
 * <p>No state stores: nothing is kept on disk, and nothing is restored at a start.
 */
final class RoutingTopology {

  private static final String STREAMS = "streams";
  private static final String ROUTE = "route";
  private static final String EMITTERS = "emitters";

  // The extractor of Streams stops for ever at a record with a time before 1970.
  private static final TimestampExtractor TIME =
      (record, partitionTime) -> Math.max(0, record.timestamp());

  private RoutingTopology() {}

  static Topology of(
      MillraceTopics topics,
      FilterIndex<Lane> index,
      OwnerAudience audience,
      RouterMetrics metrics) {
    return new Topology()
        .addSource(
            // A stream that appears is read from its first event.
            AutoOffsetReset.earliest(),
            STREAMS,
            TIME,
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            topics.streams())
        .addProcessor(
            ROUTE,
            () -> new RoutingProcessor(index, audience, topics.deadLetters(), metrics),
            STREAMS)
        .addSink(
            EMITTERS,
            (key, routed, context) -> routed.topic(),
            new ByteArraySerializer(),
            Routed.serializer(),
            ROUTE);
  }
}
