package io.millrace.server.events.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions that a reader has. Only for the reader's thread. */
final class Shards {

  private final Map<TopicPartition, Shard> shards = new HashMap<>();
  private final int maxSpan;
  private final long maxBytes;
  private boolean fullOfBytes;

  Shards(int maxSpan, long maxBytes) {
    this.maxSpan = maxSpan;
    this.maxBytes = maxBytes;
  }

  void put(TopicPartition partition, Shard shard) {
    shards.put(partition, shard);
  }

  @Nullable Shard get(TopicPartition partition) {
    return shards.get(partition);
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(shards.keySet());
  }

  /** Which partitions must not be read for now, given those that are not read already. */
  Set<TopicPartition> full(Set<TopicPartition> paused) {
    long bytes = shards.values().stream().mapToLong(shard -> shard.progress.bytes()).sum();
    fullOfBytes = bytes >= (fullOfBytes ? maxBytes / 2 : maxBytes);
    Set<TopicPartition> full = new HashSet<>();
    shards.forEach(
        (partition, shard) -> {
          // What is paused goes on at half, so that it is not paused again at once.
          int limit = paused.contains(partition) ? (maxSpan + 1) / 2 : maxSpan;
          if (fullOfBytes || shard.progress.span() >= limit) {
            full.add(partition);
          }
        });
    return full;
  }

  boolean areDrained() {
    return shards.values().stream().allMatch(shard -> shard.lane.isDrained());
  }

  /** Begins nothing more in these partitions, and waits until nothing is being handled. */
  void still(Collection<TopicPartition> partitions, Duration limit) throws InterruptedException {
    List<Shard> leaving = of(partitions);
    leaving.forEach(shard -> shard.lane.stop());
    long deadline = System.nanoTime() + limit.toNanos();
    for (Shard shard : leaving) {
      boolean unused =
          shard.lane.awaitStill(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  void remove(Collection<TopicPartition> partitions) {
    of(partitions).forEach(shard -> shard.lane.stop());
    partitions.forEach(shards::remove);
  }

  /** Watermarks of these partitions that no commit has said yet; they count as said from now. */
  Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Shard shard = shards.get(partition);
      if (shard != null) {
        long watermark = shard.progress.watermark();
        if (watermark != shard.committed) {
          shard.committed = watermark;
          offsets.put(partition, new OffsetAndMetadata(watermark));
        }
      }
    }
    return offsets;
  }

  /** A commit failed: these are to be said again. */
  void forgetCommits() {
    shards.values().forEach(shard -> shard.committed = -1);
  }

  private List<Shard> of(Collection<TopicPartition> partitions) {
    return partitions.stream().filter(shards::containsKey).map(shards::get).toList();
  }
}
