package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartTest {

  private static final TopicPartition QUIET = new TopicPartition("t", 0);
  private static final TopicPartition MEANWHILE = new TopicPartition("t", 1);
  private static final TopicPartition LATER = new TopicPartition("t", 2);

  @Test
  void beginsWithWhatWasRaisedSinceAndNeverBehindTheEndThatItSaw() {
    try (MockConsumer<byte[], byte[]> consumer =
        new Times(Map.of(MEANWHILE, 7L, LATER, 12L)) /* the latter by a clock that goes ahead */) {
      List<TopicPartition> all = List.of(QUIET, MEANWHILE, LATER);
      consumer.updateEndOffsets(Map.of(QUIET, 10L, MEANWHILE, 10L, LATER, 10L));

      assertThat(new Start(1_000L).offsets(consumer, all))
          .isEqualTo(Map.of(QUIET, 10L, MEANWHILE, 7L, LATER, 10L));
    }
  }

  /** Knows where the first event of a time stands. */
  private static final class Times extends MockConsumer<byte[], byte[]> {

    private final Map<TopicPartition, Long> offsets;

    Times(Map<TopicPartition, Long> offsets) {
      super("earliest");
      this.offsets = offsets;
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
      Collection<TopicPartition> asked = times.keySet();
      for (TopicPartition partition : asked) {
        Long offset = offsets.get(partition);
        found.put(partition, offset == null ? null : new OffsetAndTimestamp(offset, 2_000L));
      }
      return found;
    }
  }
}
