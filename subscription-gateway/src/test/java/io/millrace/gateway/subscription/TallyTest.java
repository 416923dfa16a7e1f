package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

  /** Also around the offsets where one bitmap ends and the next begins. */
  @ParameterizedTest
  @ValueSource(longs = {0, (1L << 31) - 500, (1L << 32) - 500, (1L << 40) + 7})
  void countsAsASetDoes(long base) {
    Random random = new Random(base);
    Tally tally = new Tally();
    NavigableSet<Long> offsets = new TreeSet<>();
    for (int i = 0; i < 2_000; i++) {
      long offset = base + random.nextInt(1_000);
      switch (random.nextInt(40)) {
        case 0 -> {
          tally.dropBefore(offset);
          offsets.headSet(offset, false).clear();
        }
        case 1 -> {
          Tally other = new Tally();
          other.add(offset);
          other.add(offset + 1);
          tally.addAll(other);
          offsets.add(offset);
          offsets.add(offset + 1);
        }
        default -> {
          tally.add(offset);
          offsets.add(offset);
        }
      }
      long from = base + random.nextInt(1_100) - 50;
      long to = base + random.nextInt(1_100) - 50;
      long expected = from < to ? offsets.subSet(from, to).size() : 0;
      assertThat(tally.count(Math.max(0, from), Math.max(0, to))).isEqualTo(expected);
    }
  }
}
