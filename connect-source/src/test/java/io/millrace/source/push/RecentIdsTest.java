package io.millrace.source.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.source.push.RecentIds.Sight;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

  private final RecentIds ids = new RecentIds(2);

  @Test
  void tellsWhatComesTwiceAndWhetherItIsStored() {
    assertThat(ids.came("a")).isEqualTo(Sight.FIRST);
    assertThat(ids.came("a")).isEqualTo(Sight.UNDERWAY);
    ids.stored("a");
    assertThat(ids.came("a")).isEqualTo(Sight.STORED);
  }

  @Test
  void forgetsTheOldest() {
    ids.came("a");
    ids.came("b");
    ids.came("c");
    ids.stored("a");

    assertThat(ids.came("b")).isEqualTo(Sight.UNDERWAY);
    assertThat(ids.came("a")).isEqualTo(Sight.FIRST);
  }
}
