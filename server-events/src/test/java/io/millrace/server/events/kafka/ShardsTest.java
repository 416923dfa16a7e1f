package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ShardsTest {

  private static final TopicPartition A = new TopicPartition("t", 0);
  private static final TopicPartition B = new TopicPartition("t", 1);

  private final Shards shards = new Shards(4, 1_000);
  private final Progress a = new Progress(10);
  private final Progress b = new Progress(20);

  ShardsTest() {
    shards.put(A, shard(a));
    shards.put(B, shard(b));
  }

  @Test
  void aPartitionWithTooMuchPendingIsFullUntilHalfOfItIsSettled() {
    List<Progress.Slot> slots = new ArrayList<>();
    for (int i = 10; i < 14; i++) {
      slots.add(a.open(i, 1));
    }
    assertThat(shards.full(Set.of())).containsExactly(A);

    a.settle(slots.get(0));
    a.settle(slots.get(1));
    assertThat(shards.full(Set.of())).isEmpty();
    assertThat(shards.full(Set.of(A))).containsExactly(A);

    a.settle(slots.get(2));
    assertThat(shards.full(Set.of(A))).isEmpty();
  }

  @Test
  void settledEventsBehindOneThatIsOpenCountToo() {
    Progress.Slot stuck = a.open(10, 1);
    for (int i = 11; i < 14; i++) {
      a.settle(a.open(i, 1));
    }

    assertThat(shards.full(Set.of())).containsExactly(A);
    a.settle(stuck);
    assertThat(shards.full(Set.of(A))).isEmpty();
  }

  @Test
  void allAreFullWhenTooManyBytesArePending() {
    Progress.Slot large = a.open(10, 700);
    Progress.Slot other = b.open(20, 300);
    assertThat(shards.full(Set.of())).containsExactlyInAnyOrder(A, B);

    b.settle(other);
    assertThat(shards.full(Set.of(A, B))).containsExactlyInAnyOrder(A, B);
    a.settle(large);
    assertThat(shards.full(Set.of(A, B))).isEmpty();
  }

  @Test
  void commitsTheOldestThatIsOpenAndEachWatermarkOnce() {
    Progress.Slot first = a.open(10, 1);
    Progress.Slot second = a.open(12, 1);
    a.readTo(13);
    a.settle(second);
    b.readTo(25);

    assertThat(shards.uncommitted(shards.partitions()))
        .containsEntry(A, new OffsetAndMetadata(10))
        .containsEntry(B, new OffsetAndMetadata(25));
    a.settle(first);
    assertThat(shards.uncommitted(shards.partitions()))
        .containsOnlyKeys(A)
        .containsEntry(A, new OffsetAndMetadata(13));
    assertThat(shards.uncommitted(shards.partitions())).isEmpty();

    shards.forgetCommits();
    assertThat(shards.uncommitted(shards.partitions())).containsOnlyKeys(A, B);
  }

  private static Shard shard(Progress progress) {
    return new Shard(null, null, "", null, null, null, progress);
  }
}
