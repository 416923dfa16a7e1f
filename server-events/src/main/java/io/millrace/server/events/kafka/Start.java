package io.millrace.server.events.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where reading begins in partitions without a position: with the oldest event, or with those
 * raised since a time, so that none is missed between the start and the first poll, however long
 * the group takes to come together, and none in partitions that are added later.
 *
 * @param since epoch milliseconds; null for the oldest
 */
record Start(@Nullable Long since) {

  Map<TopicPartition, Long> offsets(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (since == null) {
      return consumer.beginningOffsets(partitions);
    }
    // In this order: an event that comes in between is found by its time.
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(partition -> partition, p -> since));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            // Not beyond the end that was seen: the publishers' clocks may be behind.
            offsets.merge(partition, offset.offset(), Math::min);
          }
        });
    return offsets;
  }
}
